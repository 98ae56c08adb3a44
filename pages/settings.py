"""Who may come in, what this house is made of, and whether all is well."""

import streamlit as st

from outside_in.exports.telling import TRADE_MARK
from outside_in.house import doctor
from outside_in.ui import parts, writing
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly

visit = Visit()
t = visit.t
parts.hosts_only(visit)

st.title(t("Settings"), anchor=False)
st.header(t("Accounts"), anchor=False)
for account in visit.house.database.doors.accounts():
    st.markdown(plain(f"{account.login or t('not set up yet')}"))
with st.expander(t("New account"), key="new-account"), st.form("account", border=False, clear_on_submit=False):
    login = st.text_input(t("Login"), key="account-login")
    password = st.text_input(t("Password, at least 12 characters"), type="password", key="account-password")
    if st.form_submit_button(t("Create account"), key="account-create"):
        with kindly():
            visit.house.add_account(visit.host, login, password)
            st.toast(t("Saved"), icon=":material/check:")

writing.settings(visit)

st.header(t("Is all well?"), anchor=False)
if st.button(t("Check this installation"), key="doctor"):
    for check in doctor.checks(visit.house):
        tell = {"ok": st.success, "warn": st.warning, "fail": st.error}[check.status]
        tell(plain(f"{t(check.message)} {t(check.fix) if check.fix else ''}"))

st.header(t("About"), anchor=False)
if visit.house.writer_settings().on:
    st.markdown(
        plain(t("Only redacted comments of workshops that allow it leave this machine, to the language model."))
    )
else:
    st.markdown(plain(t("Nothing leaves this machine: no language model, no download and no tracking is switched on.")))
st.markdown(plain(t(TRADE_MARK)))
