"""What keeps a page in step: it asks for a new run until what it shows is what the server has."""

import streamlit as st

# Level-triggered: a run whose result got lost is asked for again, later and later, never all phones at once.
_FOLLOW = """
const state = new WeakMap()
export default function ({data, setTriggerValue, parentElement}) {
  let s = state.get(parentElement)
  if (!s || s.url !== data.url) {
    if (s) s.stop()
    s = {url: data.url, server: null, after: 0, wait: 0, source: new EventSource(data.url)}
    s.check = () => {
      if (s.server === null || s.server.split(" ")[0] === String(s.drawn) || Date.now() < s.after) return
      s.wait = Math.min((s.wait || 3000) * 2, 60000)
      s.after = Date.now() + s.wait * (1 + Math.random() / 2)
      s.ask("rev", s.server)
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

_follower = st.components.v2.component("follow", js=_FOLLOW)
_room = st.components.v2.component("clock", html="<output role='timer' hidden></output>", css=_CLOCK_CSS, js=_ROOM)


def follow(topic: str, seen: int) -> None:
    """`seen`: the topic's revision, read *before* anything that is drawn from it."""
    _follower(
        key=f"follow-{topic.split(':')[0]}",
        data={"rev": seen, "url": f"/live/{topic}"},
        on_rev_change=lambda: None,
    )


def clock(until: float | None, language: str, label: str, key: str = "clock") -> None:
    """The step's clock; it only counts, nothing ends by itself. Without `until` it is not seen."""
    _room(key=key, data={"until": until, "lang": language, "label": label})
