"""`studyapp verify`: many questions of every exercise, proved and graded."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from studyapp.cli.context import Context
from studyapp.cli.paths import concerns, library_of
from studyapp.cli.shapes import complaint_shape, document
from studyapp.domain.words import Words
from studyapp.kernel.service import Service
from studyapp.study.library import Library
from studyapp.workshop.verification import Certificate, verify


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("verify", help=said.summary("verify"))
    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]...")
    @click.option("--seeds", type=click.IntRange(min=1), default=50, show_default=True, help=said.help("seeds"))
    @click.option("--first-seed", type=int, default=0, show_default=True, help=said.help("first_seed"))
    @click.option("--json", "as_json", is_flag=True, help=said.json)
    @click.pass_obj
    def verify_pages(
        context: Context,
        paths: tuple[Path, ...],
        seeds: int,
        first_seed: int,
        as_json: bool,  # noqa: FBT001 — click gives options by name
    ) -> None:
        library = library_of(context, paths)
        certificates = []
        for certificate in _certificates(library, paths, range(first_seed, first_seed + seeds), words):
            certificates.append(certificate)
            if not as_json:
                click.echo(_text(certificate))
        pages = [one for one in library.complaints if concerns(one.place.path, paths)]
        if as_json:
            shapes = [_shape(one) for one in certificates]
            click.echo(document({"exercises": shapes, "complaints": [complaint_shape(one) for one in pages]}))
        else:
            for complaint in pages:
                click.echo(str(complaint))
            click.echo(said.found(len(pages) + sum(len(one.complaints) for one in certificates)))
        sys.exit(bool(pages or any(one.complaints for one in certificates)))

    return verify_pages


def _certificates(library: Library, paths: tuple[Path, ...], seeds: range, words: Words) -> Iterator[Certificate]:
    service = Service()
    for entry in library.topics:
        topic = service.topic(entry.source) if concerns(entry.source.page, paths) else None
        for exercise in topic.exercises if topic else ():
            yield verify(entry.source, exercise, seeds, service, words)


def _text(certificate: Certificate) -> str:
    alive = " ".join(f"{name} {share:.0%}" for name, share in certificate.alive.items())
    line = f"{certificate.id}: {certificate.seeds} seeds, {certificate.distinct} distinct, {certificate.distance:.0e}"
    return "\n".join([f"{line}  {alive}".rstrip(), *(str(complaint) for complaint, _ in certificate.complaints)])


def _shape(certificate: Certificate) -> dict[str, Any]:
    complaints = [{**complaint_shape(complaint), "seed": seed} for complaint, seed in certificate.complaints]
    return {**asdict(certificate), "complaints": complaints}
