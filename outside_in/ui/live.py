"""What keeps a page in step: it asks for a new run until what it shows is what the server has."""

import streamlit as st

# Level-triggered: a run whose result got lost is asked for again, later and later, never all phones at once.
# The first request is a gentle one; a restarted server does not know how to answer it, so the next are not.
_FOLLOW = """
const state = new WeakMap()
export default function ({data, setTriggerValue, parentElement}) {
  let s = state.get(parentElement)
  if (!s || s.url !== data.url) {
    if (s) s.stop()
    s = {url: data.url, server: null, after: 0, wait: 0, source: new EventSource(data.url)}
    s.check = () => {
      if (s.server === null || s.server.split(" ")[0] === String(s.drawn) || Date.now() < s.after) return
      const ask = (!s.wait && window.askGently?.get(data.url)) || s.ask
      s.wait = Math.min((s.wait || 3000) * 2, 60000)
      s.after = Date.now() + s.wait * (1 + Math.random() / 2)
      ask("rev", s.server)
    }
    s.lamp = () => {
      const lost = s.source.readyState !== EventSource.OPEN
      document.documentElement.classList.toggle("oi-offline", lost)
    }
    s.source.onopen = s.source.onerror = s.lamp
    s.source.onmessage = (event) => {
      if (s.server !== event.data) { s.server = event.data; s.wait = s.after = 0 }
      s.check()
    }
    const timer = setInterval(s.check, 2000)
    s.stop = () => { s.source.close(); clearInterval(timer); state.delete(parentElement) }
    state.set(parentElement, s)
  }
  s.drawn = data.rev
  s.ask = setTriggerValue
  return s.stop
}"""

_ASK = """
export default function ({data, setTriggerValue}) {
  window.askGently ??= new Map()
  window.askGently.set(data.url, setTriggerValue)
}"""

# Tells screen readers the language, and counts down without a single run of the page.
_ROOM = """
const timers = new WeakMap()
export default function ({data, parentElement}) {
  document.documentElement.lang = data.lang
  clearInterval(timers.get(parentElement))
  const clock = parentElement.querySelector("output")
  const draw = () => {
    if (!data.until) { clock.hidden = true; return }
    const left = Math.round(data.until - Date.now() / 1000)
    const late = left < 0 ? "+" : ""
    const s = Math.abs(left)
    clock.hidden = false
    clock.className = left < 0 ? "late" : left < 30 ? "soon" : ""
    clock.textContent = late + Math.floor(s / 60) + ":" + String(s % 60).padStart(2, "0")
  }
  clock.setAttribute("aria-label", data.label)
  draw()
  timers.set(parentElement, setInterval(draw, 500))
  return () => clearInterval(timers.get(parentElement))
}"""
_CLOCK_CSS = """
output { font: 700 1.25rem/1.5 var(--st-font); font-variant-numeric: tabular-nums; color: var(--st-text-color) }
output.soon, output.late { color: var(--st-red-text-color, #C8401F) }
"""

_asker = st.components.v2.component("ask", js=_ASK)
_follower = st.components.v2.component("follow", js=_FOLLOW)
_room = st.components.v2.component("clock", html="<output role='timer' hidden></output>", css=_CLOCK_CSS, js=_ROOM)


@st.fragment
def ask_gently(topic: str) -> None:
    """
    The first thing a page that follows draws: how it asks for itself without harm.

    A request for a whole page throws away a press that is not worked off yet; a fragment's waits
    for its turn. It stands first, because a fragment that has moved on the page is not found again.
    """
    if _asker(key=f"ask-{topic.split(':')[0]}", data={"url": _url(topic)}, on_rev_change=lambda: None).rev:
        st.rerun()


def follow(topic: str, seen: int) -> None:
    """`seen`: the topic's revision, read *before* anything that is drawn from it."""
    _follower(
        key=f"follow-{topic.split(':')[0]}",
        data={"rev": seen, "url": _url(topic)},
        on_rev_change=lambda: None,
    )


def _url(topic: str) -> str:
    return f"/live/{topic}"


def clock(until: float | None, language: str, label: str, key: str = "clock") -> None:
    """The step's clock; it only counts, nothing ends by itself. Without `until` it is not seen."""
    _room(key=key, data={"until": until, "lang": language, "label": label})
