//! The files of `docs/ci/`: that they are what their readers take, and that the commands in them run.

use apipage::cli::{self, Outcome, Terminal};
use serde_yaml::Value;
use std::fs;
use std::path::Path;

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci").join(name);
    serde_yaml::from_str(&fs::read_to_string(path).expect("the file")).expect("YAML")
}

/// Runs a command where `docs/` holds a page with a finding; what is printed.
fn run(command: &str, directory: &Path) -> (Outcome, String) {
    fs::create_dir_all(directory.join("docs")).unwrap();
    fs::write(directory.join("docs/thing.md"), "# Thing\n\nTODO: write\n").unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut terminal = Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false };
    let words = command.strip_prefix("apipage ").expect("a command of apipage").split(' ');
    let outcome = cli::run(["apipage", "-C", directory.to_str().unwrap()].into_iter().chain(words), &mut terminal);
    assert_ne!(outcome, Outcome::Failed, "{command}: {}", String::from_utf8_lossy(&err));
    (outcome, String::from_utf8(out).unwrap())
}

#[test]
fn the_workflow_runs_what_there_is() {
    let workflow = read("apipage.yml");
    let steps = workflow["jobs"]["check"]["steps"].as_sequence().expect("steps");
    let lines = steps.iter().filter_map(|step| step["run"].as_str()).flat_map(str::lines);
    let commands: Vec<&str> = lines.filter(|line| line.starts_with("apipage ")).collect();
    let [report, check] = commands[..] else { panic!("{commands:?}") };
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(run(report, dir.path()).0, Outcome::Findings);
    let upload = steps.iter().find_map(|step| step["with"]["sarif_file"].as_str()).expect("an upload");
    let sarif: serde_json::Value = serde_json::from_str(&fs::read_to_string(dir.path().join(upload)).unwrap()).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(place, "docs/thing.md");
    let (outcome, printed) = run(check, dir.path());
    assert_eq!(outcome, Outcome::Findings);
    assert!(printed.starts_with("::warning file=docs/thing.md,line=3,"), "{printed}");
}

#[test]
fn the_workflow_may_do_no_more_than_it_needs() {
    let workflow = read("apipage.yml");
    let names = |value: &Value| -> Vec<String> {
        let entries = value.as_mapping().expect("a mapping").iter();
        entries.map(|(name, value)| format!("{}: {}", name.as_str().unwrap(), value.as_str().unwrap())).collect()
    };
    assert!(names(&workflow["permissions"]).is_empty());
    let jobs = workflow["jobs"].as_mapping().expect("jobs");
    assert_eq!(jobs.len(), 1);
    let job = &workflow["jobs"]["check"];
    assert_eq!(names(&job["permissions"]), ["contents: read", "actions: read", "security-events: write"]);
    let steps = job["steps"].as_sequence().expect("steps");
    // What others wrote (titles, names of branches) never becomes a part of a command.
    assert!(steps.iter().filter_map(|step| step["run"].as_str()).all(|run| !run.contains("${{")));
    let checkout = steps.iter().find(|step| step["uses"].as_str().is_some_and(|uses| uses.contains("checkout")));
    assert_eq!(checkout.expect("a checkout")["with"]["persist-credentials"], Value::Bool(false));
}

#[test]
fn the_hook_runs_what_there_is() {
    let hook = &read("pre-commit-config.yaml")["repos"][0]["hooks"][0];
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(run(hook["entry"].as_str().expect("an entry"), dir.path()).0, Outcome::Findings);
    assert_eq!(hook["pass_filenames"], Value::Bool(false));
}
