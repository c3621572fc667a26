"""Health and metrics, for the machines that watch."""

from __future__ import annotations

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select, text
from starlette.responses import Response

from api.db.tables import Job
from api.middleware import Metrics
from api.problems import missing
from api.settings import is_loopback
from api.state import Parts, address_of
from reviewer import __version__

router = APIRouter(tags=["运维"])


@router.get("/healthz", summary="存活检查")
def healthz(service: Parts) -> dict[str, str]:
    """Whether the service and its database answer."""
    with service.database.read() as session:
        session.execute(text("SELECT 1"))
    return {"status": "ok", "version": __version__}


@router.get("/metrics", summary="Prometheus 指标", response_class=Response)
def metrics(request: Request, service: Parts) -> Response:
    """Counters, for this machine only: a reverse proxy must not pass it on."""
    if not is_loopback(address_of(request)) and address_of(request) != "testclient":
        raise missing("这个地址")
    kept: Metrics = request.app.state.metrics
    gauges = CollectorRegistry()
    waiting = Gauge("reviewer_jobs", "Jobs by state.", ["kind", "state"], registry=gauges)
    with service.database.read() as session:
        for kind, state, number in session.execute(
            select(Job.kind, Job.state, func.count()).group_by(Job.kind, Job.state)
        ):
            waiting.labels(kind, state).set(number)
    data = generate_latest(kept.registry) + generate_latest(gauges)
    return Response(data, media_type=CONTENT_TYPE_LATEST)
