"""What the theme file cannot say: three sizes of screen, and the colours of charts by meaning."""

from typing import Literal

import streamlit as st

from outside_in.charts import Look

Size = Literal["phone", "laptop", "stage"]


def look(size: Size) -> Look:
    """Of a chart on this kind of screen, in the scheme that this browser shows."""
    return Look.of(size, dark=st.context.theme.type == "dark")


SHEET = """<style>
[class*='st-key-unseen'] { display: none }
.stButton button, .stFormSubmitButton button, .stDownloadButton button,
.stPageLink a, .stLinkButton a, .stTextInput input { min-height: 44px }
[role='radiogroup'] label { min-height: 44px; align-items: center }
.st-key-form [data-testid='stWidgetLabel'] p { font-size: 1.0625rem; font-weight: 700 }
.st-key-form [data-testid='stMarkdownContainer'] p { font-size: 1rem }
[data-testid='stSliderThumbValue'] { color: inherit }
html:has(.st-key-stage) { font-size: clamp(16px, 1.35vw, 30px) }
.st-key-stage [data-testid='stMarkdownContainer'] p { font-size: 1.25rem; line-height: 1.45 }
.st-key-blackout { background: #000; position: fixed; inset: 0; z-index: 999999 }
.stMainBlockContainer { padding-top: 4.5rem; padding-bottom: 4rem }
.stMainBlockContainer:has(.st-key-phone), .stMainBlockContainer:has(.st-key-stage) { padding-top: 2rem }
.st-key-stage h1 { padding-top: 0 }
.st-key-frame { margin: -1rem 0 -3.2rem; position: relative; z-index: 2; pointer-events: none }
.st-key-frame button { pointer-events: auto }
.stMainBlockContainer:not(:has(.st-key-stage)) h2 { font-size: 1.5rem; padding: .5rem 0 }
.oi-quote { margin: 0 0 .75rem; padding: 0 0 0 .9rem; border-left: 4px solid #C8401F; line-height: 1.5 }
.oi-quote.large { font-size: 1.375rem; font-weight: 700; line-height: 1.35 }
[data-testid='stColumn']:has(.st-key-list) > [data-testid='stVerticalBlock'] { position: sticky; top: 4rem }
.st-key-lamp { display: none }
.oi-offline .st-key-lamp { display: block }
@media (max-width: 640px) { .stMainBlockContainer h1 { font-size: 1.9rem; padding: 0 0 .5rem } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important } }
</style>"""
"""One sheet, because Streamlit's theme knows neither touch targets nor projectors."""
