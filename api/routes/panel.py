"""The experts' panel: assignments, verdicts, sheet, signature, agreement, freezing."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api import access, audit, panel
from api.access import Actor
from api.db.tables import Assignment, Declaration, User, Verdict
from api.models import (
    AgreementOut,
    AssignmentIn,
    AssignmentOut,
    Me,
    PanelOut,
    SheetIn,
    VerdictIn,
)
from api.problems import Problem, frozen, missing
from api.routes.common import ID, api_router
from api.state import Parts, Who

router = api_router("专家评审")
FindingId = Annotated[str, Path(max_length=16, pattern=r"^[0-9a-f]+$")]


@router.get("/experts", summary="可分配的专家")
def experts(who: Who, service: Parts) -> list[Me]:
    """Accounts that may judge, for the bureau that assigns: of its region or of none."""
    who.need(*access.BUREAU)
    with service.database.read() as session:
        return [_me(user) for user in assignable(session, who)]


@router.get("/declarations/{key}/panel", summary="评审情况")
def state(who: Who, service: Parts, key: ID) -> PanelOut:
    """Assignments, verdicts and agreement, as far as the asker may see them."""
    with service.database.read() as session:
        return overview(session, who, access.declaration(session, who, key))


@router.post("/declarations/{key}/assignments", status_code=201, summary="分配专家")
def assign(who: Who, service: Parts, key: ID, words: AssignmentIn) -> AssignmentOut:
    """Ask an expert to judge a declaration, or to chair."""
    who.need(*access.BUREAU)
    with service.database.write() as session:
        declaration = access.declaration(session, who, key)
        made = add_assignment(session, who, declaration, words.expert, chair=words.chair)
        user = session.get(User, made.expert_id)
        return _assignment(made, (user.name or user.login) if user else "")


@router.delete("/declarations/{key}/assignments/{assignment}", status_code=204, summary="取消分配")
def unassign(who: Who, service: Parts, key: ID, assignment: ID) -> None:
    """Take an assignment back, with what was judged under it."""
    who.need(*access.BUREAU)
    with service.database.write() as session:
        declaration = access.declaration(session, who, key)
        if declaration.frozen is not None:
            raise frozen()
        found = session.get(Assignment, assignment)
        if found is None or found.declaration_id != key:
            raise missing("这项分配")
        session.execute(delete(Verdict).where(Verdict.assignment_id == assignment))
        session.delete(found)
        audit.note(session, who, "unassign", key, found.expert_id)


@router.put("/drafts/{key}/verdicts/{finding}", status_code=204, summary="评判一处问题")
def judge(who: Who, service: Parts, key: ID, finding: FindingId, words: VerdictIn) -> None:
    """Confirm, overrule or waive a finding; "" takes the verdict back."""
    who.need(*access.JUDGES)
    with service.database.write() as session:
        panel.judge(session, who, key, finding, words.verdict, words.reason)


@router.put("/declarations/{key}/sheet", status_code=204, summary="填写评分表")
def score(who: Who, service: Parts, key: ID, words: SheetIn) -> None:
    """Score a declaration on the policy's sheet."""
    who.need(*access.JUDGES)
    with service.database.write() as session:
        panel.score(session, who, key, words.scores, words.opinion)


@router.post("/declarations/{key}/signature", status_code=204, summary="签署意见")
def sign(who: Who, service: Parts, key: ID) -> None:
    """Sign one's own verdicts and scores; they cannot be changed afterwards."""
    who.need(*access.JUDGES)
    with service.database.write() as session:
        panel.sign(session, who, key)


@router.post("/declarations/{key}/freeze", status_code=204, summary="签署归档")
def freeze(who: Who, service: Parts, key: ID) -> None:
    """Sign a review off: nothing of it changes any more."""
    who.need(*access.JUDGES)
    with service.database.write() as session:
        panel.freeze(session, who, key)


@router.delete("/declarations/{key}/freeze", status_code=204, summary="解除归档")
def thaw(who: Who, service: Parts, key: ID) -> None:
    """Open a signed-off review again; only an administrator can, and the log tells."""
    who.need("admin")
    with service.database.write() as session:
        access.declaration(session, who, key).frozen = None
        audit.note(session, who, "unfreeze", key)


def assignable(session: Session, who: Actor) -> list[User]:
    """Who may be asked to judge."""
    found = select(User).where(User.active, User.role.in_(("expert", "admin"))).order_by(User.login)
    if who.role == "bureau":
        found = found.where(User.region.in_(("", who.region)))
    return list(session.scalars(found).all())


def add_assignment(
    session: Session, who: Actor, declaration: Declaration, expert: str, *, chair: bool
) -> Assignment:
    """A new assignment. Problem 409 or 422 where it cannot be."""
    if declaration.frozen is not None:
        raise frozen()
    user = next((u for u in assignable(session, who) if u.id == expert), None)
    if user is None:
        raise Problem(422, "没有这位专家，或账号已停用。")
    taken = select(Assignment).where(
        Assignment.declaration_id == declaration.id, Assignment.expert_id == expert
    )
    if session.scalar(taken) is not None:
        raise Problem(409, "这份申报书已分配给这位专家。")
    made = Assignment(declaration_id=declaration.id, expert_id=expert, chair=chair)
    session.add(made)
    session.flush()
    audit.note(session, who, "assign", declaration.id, expert)
    return made


def overview(session: Session, who: Actor, declaration: Declaration) -> PanelOut:
    """The panel as the actor may see it. An enterprise sees only that it is frozen."""
    sides = panel.opinions(session, declaration.latest, declaration.id)
    if who.role == "enterprise":
        sides = []
    seen = panel.shown_to(who, sides)
    found = panel.agreement(sides) if len(seen) == len(sides) else None
    return PanelOut(
        frozen=declaration.frozen is not None,
        unveiled=panel.unveiled(sides),
        assignments=[_assignment(side.assignment, side.name) for side in sides],
        verdicts={
            side.assignment.id: {key: v.verdict for key, v in side.verdicts.items()}
            for side in seen
        },
        agreement=AgreementOut(
            first=found.first,
            second=found.second,
            judged=found.judged,
            percent=round(found.percent, 1),
            kappa=round(found.kappa, 3),
            differing=list(found.differing),
        )
        if found
        else None,
        open=panel.open_findings(sides) if panel.unveiled(sides) else [],
    )


def _assignment(found: Assignment, name: str) -> AssignmentOut:
    return AssignmentOut(
        id=found.id,
        expert=found.expert_id,
        name=name,
        chair=found.chair,
        signed=found.signed is not None,
    )


def _me(user: User) -> Me:
    return Me(
        id=user.id,
        login=user.login,
        name=user.name,
        role=user.role,  # type: ignore[arg-type]
        region=user.region,
    )
