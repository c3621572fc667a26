"""The experts' panel: blind verdicts, agreement, the chair's reconciliation, signing, freezing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api import access, audit
from api.access import Actor
from api.db.engine import now
from api.db.tables import Assignment, Declaration, Draft, User, Verdict
from api.problems import Problem, forbidden, frozen

VERDICTS = {"confirm": "确认", "overrule": "不成立", "waive": "豁免"}
_REASONED = ("overrule", "waive")


class Said(Struct, frozen=True):
    """A verdict on a finding: the chair's, or what all experts agree on."""

    verdict: str
    reason: str
    by: str

    @property
    def word(self) -> str:
        """The verdict in Chinese."""
        return VERDICTS[self.verdict]


class Opinion(Struct, frozen=True):
    """An expert's side of a declaration: assignment, name, verdicts by finding."""

    assignment: Assignment
    name: str
    verdicts: Mapping[str, Verdict]


class Agreement(Struct, frozen=True):
    """Two experts compared. judged: findings that both judged; percent 0–100; kappa −1–1."""

    first: str
    second: str
    judged: int
    percent: float
    kappa: float
    differing: tuple[str, ...]


def opinions(session: Session, draft: str, declaration: str) -> list[Opinion]:
    """The sides of all who were assigned, experts first."""
    rows = session.execute(
        select(Assignment, User.name, User.login)
        .join(User, User.id == Assignment.expert_id)
        .where(Assignment.declaration_id == declaration)
        .order_by(Assignment.chair, Assignment.created, Assignment.id)
    ).all()
    said: dict[str, dict[str, Verdict]] = {row[0].id: {} for row in rows}
    for verdict in session.scalars(
        select(Verdict).where(Verdict.draft_id == draft, Verdict.assignment_id.in_(said))
    ):
        said[verdict.assignment_id][verdict.finding] = verdict
    return [Opinion(row[0], row[1] or row[2], said[row[0].id]) for row in rows]


def unveiled(sides: Sequence[Opinion]) -> bool:
    """Whether the experts may see each other: all of them have signed."""
    experts = [side for side in sides if not side.assignment.chair]
    return bool(experts) and all(side.assignment.signed is not None for side in experts)


def shown_to(actor: Actor, sides: Sequence[Opinion]) -> list[Opinion]:
    """The sides that the actor may see: its own, and all once the experts have signed."""
    if unveiled(sides) and actor.role != "enterprise":
        return list(sides)
    return [side for side in sides if side.assignment.expert_id == actor.id]


def settled(session: Session, draft: str) -> dict[str, Said]:
    """What is settled about the findings of a draft, once the experts have signed."""
    declaration = session.scalar(select(Draft.declaration_id).where(Draft.id == draft)) or ""
    sides = opinions(session, draft, declaration)
    if not unveiled(sides):
        return {}
    found: dict[str, Said] = {}
    for finding in _findings(sides):
        said = _settled(finding, sides)
        if said is not None:
            found[finding] = said
    return found


def _settled(finding: str, sides: Sequence[Opinion]) -> Said | None:
    given = [(side, side.verdicts[finding]) for side in sides if finding in side.verdicts]
    chair = [(side, verdict) for side, verdict in given if side.assignment.chair]
    if not chair and len({verdict.verdict for _, verdict in given}) != 1:
        return None
    side, verdict = (chair or given)[0]
    return Said(verdict.verdict, verdict.reason, side.name)


def agreement(sides: Sequence[Opinion]) -> Agreement | None:
    """The first two experts compared; None unless both have signed."""
    experts = [side for side in sides if not side.assignment.chair][:2]
    if len(experts) < 2 or not unveiled(sides):
        return None
    one, other = (side.verdicts for side in experts)
    both = sorted(set(one) & set(other))
    pairs = [(one[key].verdict, other[key].verdict) for key in both]
    differing = tuple(key for key in both if one[key].verdict != other[key].verdict)
    percent = 100 * (1 - len(differing) / len(both)) if both else 0.0
    return Agreement(experts[0].name, experts[1].name, len(both), percent, kappa(pairs), differing)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's κ of two judges: agreement beyond what their habits alone would give.

    0 for no pairs; 1 where both always say the same one thing.
    """
    if not pairs:
        return 0.0
    total = len(pairs)
    seen = sum(one == other for one, other in pairs) / total
    left, right = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(left[key] * right[key] for key in left) / total**2
    return 1.0 if chance == 1.0 else (seen - chance) / (1 - chance)


def judge(
    session: Session, actor: Actor, draft_id: str, finding: str, verdict: str, reason: str
) -> None:
    """Write an expert's verdict; "" takes it back. Raises Problem."""
    declaration, draft = access.draft(session, actor, draft_id)
    mine = _mine(session, actor, declaration)
    if verdict in _REASONED and not reason.strip():
        raise Problem(422, f"选“{VERDICTS[verdict]}”请写明理由。")
    if draft.id != declaration.latest:
        raise Problem(409, "这不是最新一稿，请在最新一稿上评判。")
    session.execute(
        delete(Verdict).where(
            Verdict.assignment_id == mine.id,
            Verdict.draft_id == draft_id,
            Verdict.finding == finding,
        )
    )
    if verdict:
        session.add(
            Verdict(
                assignment_id=mine.id,
                draft_id=draft_id,
                finding=finding,
                verdict=verdict,
                reason=reason.strip(),
            )
        )
    audit.note(session, actor, "verdict", draft_id, f"{finding} {verdict}")


def score(
    session: Session, actor: Actor, declaration_id: str, scores: Mapping[str, float], opinion: str
) -> None:
    """Write an expert's sheet. Raises Problem."""
    from reviewer.policy.load import load

    declaration = access.declaration(session, actor, declaration_id)
    mine = _mine(session, actor, declaration)
    most = {item.name: item.points for item in load(declaration.policy).sheet}
    for name, points in scores.items():
        if name not in most or not 0 <= points <= most[name]:
            raise Problem(422, "有评分项不在评分表里，或超出了满分，请检查。")
    mine.scores, mine.opinion = dict(scores), opinion
    audit.note(session, actor, "score", declaration_id)


def sign(session: Session, actor: Actor, declaration_id: str) -> None:
    """Sign one's own side; it cannot be changed afterwards. Raises Problem."""
    declaration = access.declaration(session, actor, declaration_id)
    mine = _mine(session, actor, declaration)
    mine.signed = session.scalar(select(now()))
    audit.note(session, actor, "sign", declaration_id)


def freeze(session: Session, actor: Actor, declaration_id: str) -> None:
    """Sign a review off for good: by the chair, or the bureau. Raises Problem."""
    declaration = access.declaration(session, actor, declaration_id)
    if declaration.frozen is not None:
        raise frozen()
    sides = opinions(session, declaration.latest, declaration.id)
    chair = any(s.assignment.chair and s.assignment.expert_id == actor.id for s in sides)
    if not chair and actor.role not in access.BUREAU:
        raise forbidden("归档")
    if not unveiled(sides):
        raise Problem(409, "还有专家没有签署，暂不能归档。")
    if open_findings(sides):
        raise Problem(409, f"还有 {len(open_findings(sides))} 处意见不一致，请先合议。")
    declaration.frozen = session.scalar(select(now()))
    audit.note(session, actor, "freeze", declaration_id)


def open_findings(sides: Sequence[Opinion]) -> list[str]:
    """Findings on which the experts differ and the chair has not spoken."""
    return [key for key in _findings(sides) if _settled(key, sides) is None]


def mine_of(actor: Actor, sides: Iterable[Opinion]) -> Opinion | None:
    """The actor's own side."""
    return next((side for side in sides if side.assignment.expert_id == actor.id), None)


def _findings(sides: Iterable[Opinion]) -> list[str]:
    return sorted({finding for side in sides for finding in side.verdicts})


def _mine(session: Session, actor: Actor, declaration: Declaration) -> Assignment:
    """The actor's open assignment; the chair's only once the experts have signed."""
    if declaration.frozen is not None:
        raise frozen()
    sides = opinions(session, declaration.latest, declaration.id)
    mine = mine_of(actor, sides)
    if mine is None:
        raise forbidden("评判（这份申报书没有分配给您）")
    if mine.assignment.signed is not None:
        raise Problem(409, "您已签署，意见不能再改。")
    if mine.assignment.chair and not unveiled(sides):
        raise Problem(409, "两位专家都签署之后，组长才能合议。")
    return mine.assignment
