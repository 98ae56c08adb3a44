"""What Streamlit draws. Pages in pages/ are made of these parts."""
