"""Value maps of sessions: one of them, and how they move over the workshops of one client."""

from outside_in.domain.exercises.bridge import Bridge
from outside_in.domain.movement import Map
from outside_in.domain.people import Principal
from outside_in.domain.session import Session
from outside_in.domain.workshop import Workshop
from outside_in.house.preparing import Preparing


class Maps(Preparing):
    def value_maps(self, by: Principal, workshop: Workshop) -> list[Map]:
        """Of all sessions for the same client that this facilitator may see, oldest first."""
        client = workshop.about.client.strip().casefold()
        same = [w for w in self.workshops_of(by) if w.code == workshop.code or _of(w, client)]
        sessions = [self.sessions.of(code) for w in same for code in w.sessions]
        found = [known for session in sessions for known in _maps(session)]
        return sorted(found, key=lambda known: known.date)

    def suggest_links(self, by: Principal, workshop: str, known: Map, model: str) -> None:
        """What a machine thinks belongs together, once the room has voted: `known` exists only then."""
        self.start(by, workshop, "likeness", {"code": known.code, "step": known.step, "model": model})

    def bridge_of(self, known: Map) -> Bridge:
        exercise = self.sessions.of(known.code).step(known.step).exercise
        assert isinstance(exercise, Bridge)
        return exercise


def _of(workshop: Workshop, client: str) -> bool:
    return bool(client) and workshop.about.client.strip().casefold() == client


def _maps(session: Session) -> list[Map]:
    found = []
    for step in session.plan.steps:
        exercise = step.exercise
        if not isinstance(exercise, Bridge) or not session.shows(step.id):
            continue
        room = session.room(step.id)
        cells = exercise.found(room) if room else ()
        if room and cells:
            about = {"code": session.code, "step": step.id, "title": session.plan.title, "date": session.plan.date}
            found.append(Map(cells=cells, lived=exercise.lived(room), **about))
    return found
