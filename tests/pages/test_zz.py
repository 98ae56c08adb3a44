from tests.pages.conftest import *
def test_x(live):
    import time
    live.press(live.code)
    s=live.house.sessions.of(live.code)
    print([x.id for x in s.plan.steps], s.now)
    s=live.go_to(live.code,"arrive",Phase.OPEN)
    t0=time.time()
    tab=live.leader(live.code).open("room")
    print(time.time()-t0)
    print(words(tab)); print(tab.exception)
    for n in _every(tab._tree):
        print(type(n).__name__, getattr(getattr(n,'proto',None),'id',None), n.type, str(getattr(n,'proto',''))[:200].replace("\n"," "))
from tests.pages.conftest import _every, _sample
