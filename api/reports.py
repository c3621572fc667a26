"""Reviews out of the database, and reports made of them by workers."""

from __future__ import annotations

import hashlib
import json
import zlib

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api import access, audit, jobs, tasks, whole
from api.access import Actor
from api.db.tables import Correction, Declaration, Draft, Job, Paper
from api.problems import Problem, missing
from api.retention import made_key
from api.state import Service
from reviewer.model.review import Review
from reviewer.reports import FORMATS
from reviewer.reports import json as report_json
from reviewer.reports.comparison import Comparison, compare


class Reviewed(Struct, frozen=True):
    """A draft with its review and the heavy rest."""

    declaration: Declaration
    draft: Draft
    review: Review
    paper: Paper


def reviewed(session: Session, actor: Actor, draft: str) -> Reviewed:
    """The review of a draft. Problem 404; 409 where it is not there yet."""
    declaration, found = access.draft(session, actor, draft)
    paper = session.get(Paper, draft)
    if paper is None or found.state != "done":
        raise Problem(409, found.error or "审阅还没有完成，请稍候。")
    review = report_json.decode(zlib.decompress(paper.report))
    return Reviewed(declaration, found, review, paper)


def comparison(service: Service, actor: Actor, declaration: str, old: str, new: str) -> Comparison:
    """Two drafts of one declaration compared. Raises Problem."""
    with service.database.read() as session:
        before, after = (reviewed(session, actor, key) for key in (old, new))
    if {before.declaration.id, after.declaration.id} != {declaration}:
        raise missing("这一稿")
    return compare(before.review, after.review)


def ask(service: Service, actor: Actor, draft: str, form: str) -> tuple[str, str]:
    """Ask for a report of a draft in a form: (id of the job, name of the file). Raises Problem.

    Experts' verdicts, corrections and what a batch found change a report, so they are part of what is asked for.
    """
    with service.database.write() as session:
        declaration, found = access.draft(session, actor, draft)
        if found.state != "done":
            raise Problem(409, found.error or "审阅还没有完成，请稍候。")
        waivers = [(w.finding, w.reason) for w in tasks.waived(session, draft)]
        newest = session.scalar(
            select(func.max(Correction.id)).where(Correction.policy == declaration.policy)
        )
        own = [f.id for f in whole.own_findings(session, draft)] if declaration.batch_id else []
        state = json.dumps([waivers, newest, declaration.tier, own]).encode()
        mark = f"export:{draft}:{form}:{hashlib.sha256(state).hexdigest()[:20]}"
        detail = json.dumps({"form": form})
        job = jobs.add(session, "export", draft, detail=detail, mark=mark, rank=0)
        audit.note(session, actor, "download", draft, form)
    return job.id, file_name(found.name, form)


def file_name(name: str, form: str) -> str:
    """The name of a report after the file that it is about."""
    stem = name.rpartition(".")[0] or name
    word = "补正通知书" if form == "letter" else "审阅报告"
    return f"{stem}-{word}{FORMATS[form][1]}"


def made(service: Service, job: str) -> bytes | None:
    """What a job made; None while it is not done. Problem 409 where it failed."""
    with service.database.read() as session:
        found = session.get(Job, job)
    if found is None:
        raise missing("这份文件")
    if found.state == "failed":
        raise Problem(409, found.error or "这份文件没有做成，请稍后再试。")
    if found.state != "done":
        return None
    return service.storage.get(made_key(found))
