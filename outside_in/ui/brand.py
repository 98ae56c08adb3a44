"""The client's colours and sign for documents; what cannot be read is mended, and said."""

import streamlit as st

from outside_in.domain.brand import Brand
from outside_in.domain.workshop import Workshop
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly


def brand(visit: Visit, workshop: Workshop) -> None:
    t, house, known = visit.t, visit.house, workshop.brand or Brand()
    with st.expander(t("The client's brand"), icon=":material/palette:", key="brand"):
        st.markdown(plain(t("Colours, typeface and sign of all documents; a PowerPoint of theirs is enough.")))
        with st.form(f"brand-{workshop.code}", border=False):
            left, right = st.columns(2)
            main = left.color_picker(t("Main colour: ink and inside view"), f"#{known.accent1}", key="brand-main")
            second = right.color_picker(t("Second colour: outside view"), f"#{known.accent2}", key="brand-second")
            theme = left.file_uploader(t("PowerPoint whose theme is taken (optional)"), key="brand-theme")
            sign = right.file_uploader(t("Logo as PNG or JPEG (optional)"), key="brand-logo")
            sent = st.form_submit_button(t("Use this brand"), key="brand-save", type="primary")
        if sent:
            with kindly(tell=st.error):
                given = [(one.name, one.getvalue()) if one else None for one in (theme, sign)]
                for mended in house.dress(visit.host, workshop.code, main, second, *given):
                    st.warning(plain(t(mended)), icon=":material/contrast:")
                st.success(t("The next documents carry this brand."), icon=":material/check:")
        if workshop.brand and st.button(t("Back to our own colours"), key="brand-gone", type="tertiary"):
            with kindly():
                house.undress(visit.host, workshop.code)
                st.rerun()
