"""What the theme file cannot say: three sizes of screen, and the colours of charts by meaning."""

from typing import Literal

from outside_in.charts import Look

Size = Literal["phone", "laptop", "stage"]

LOOKS: dict[Size, Look] = {size: Look.of(size) for size in ("phone", "laptop", "stage")}

SHEET = """<style>
[class*='st-key-unseen'] { display: none }
.stButton button, .stFormSubmitButton button, .stDownloadButton button,
.stPageLink a, .stLinkButton a { min-height: 44px }
html:has(.st-key-stage) { font-size: clamp(16px, 1.35vw, 30px) }
.st-key-stage [data-testid='stMarkdownContainer'] p { font-size: 1.25rem; line-height: 1.45 }
.st-key-black { background: #000; position: fixed; inset: 0; z-index: 999999 }
.st-key-lamp { display: none }
.oi-offline .st-key-lamp { display: block }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important } }
</style>"""
"""One sheet, because Streamlit's theme knows neither touch targets nor projectors."""
