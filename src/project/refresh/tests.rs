use super::*;
use crate::model;
use crate::rules::{self, Memory, Scope};
use proptest::prelude::*;
use std::fs;

/// A docset that is changed and refreshed, held against one that is opened anew each time.
struct Trial {
    dir: tempfile::TempDir,
    request: Request,
    project: Option<Project>,
    memory: Memory,
}

impl Trial {
    /// Opens `input` in a folder that holds `files`.
    fn new(files: &[(&str, &str)], input: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        files.iter().for_each(|(path, text)| write(dir.path(), path, text));
        let root = dir.path().canonicalize().unwrap();
        let request = Request { directory: root, input: Some(input.into()), ..Request::default() };
        let project = Project::open(&request).unwrap();
        Trial { dir, request, project: Some(project), memory: Memory::default() }
    }

    /// Does something to the files (`> path text`, `rm path`, `mv path path`, `touch path`, `ln target path`), and
    /// refreshes; says what became of it.
    fn step(&mut self, change: &str) -> String {
        let touched = self.change(change);
        let before = self.project.take().unwrap();
        let parsed = |project: &Project| -> BTreeSet<(String, usize)> {
            let pages = project.docset.pages.iter();
            pages.map(|page| (page.source.path.clone(), page.source.text().as_ptr() as usize)).collect()
        };
        let pages_before = parsed(&before);
        let fresh = Project::open(&self.request);
        let (refreshed, fresh) = match (before.refresh(&self.request, &touched), fresh) {
            (Ok(refreshed), Ok(fresh)) => (refreshed, fresh),
            (Err(error), Err(other)) => {
                assert_eq!(error.to_string(), other.to_string(), "{change}");
                return format!("error: {}", error.to_string().split(':').next().unwrap());
            }
            (refreshed, fresh) => panic!("{change}: {:?}, but {:?}", refreshed.err(), fresh.err()),
        };
        let Refreshed { project, changed, only_texts } = refreshed;
        if only_texts {
            changed.iter().for_each(|page| self.memory.forget(*page));
        } else {
            self.memory = Memory::default();
        }
        assert_eq!(project.docset.files, fresh.docset.files, "{change}");
        let findings = findings(&project, Some(&mut self.memory));
        assert_eq!(findings, self::findings(&fresh, None), "{change}");
        let paths = changed.iter().map(|page| project.docset.page(*page).source.path.as_str());
        let paths = paths.collect::<Vec<_>>().join(" ");
        let parsed: Vec<String> = parsed(&project).difference(&pages_before).map(|(path, _)| path.clone()).collect();
        let what = if only_texts { "texts" } else { "files" };
        self.project = Some(project);
        format!("{what}: changed {paths}, parsed {}", parsed.join(" "))
    }

    fn change(&self, change: &str) -> Touched {
        let root = &self.request.directory;
        let words: Vec<&str> = change.splitn(3, ' ').collect();
        let paths = match words[..] {
            [">", path, text] => {
                write(root, path, text);
                vec![path]
            }
            ["rm", path] => {
                let full = root.join(path);
                if full.is_dir() {
                    fs::remove_dir_all(full).unwrap()
                } else {
                    fs::remove_file(full).unwrap()
                }
                vec![path]
            }
            ["mv", from, to] => {
                fs::rename(root.join(from), root.join(to)).unwrap();
                vec![from, to]
            }
            #[cfg(unix)]
            ["ln", target, path] => {
                std::os::unix::fs::symlink(target, root.join(path)).unwrap();
                vec![path]
            }
            ["touch", path] => vec![path],
            _ => panic!("no change: {change}"),
        };
        Touched::Paths(paths.into_iter().map(|path| root.join(path)).collect())
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// All that is known of a docset: its pages and what is wrong with it.
fn findings(project: &Project, memory: Option<&mut Memory>) -> Vec<String> {
    let model = model::link(&project.docset);
    let levels = &project.config.levels;
    let of_texts = match memory {
        Some(memory) => memory.check_texts(&project.docset, levels, Scope::Check),
        None => rules::check_texts(&project.docset, levels, Scope::Check),
    };
    let found = rules::check_linked(&model, levels, Scope::Check, of_texts);
    let pages = project.docset.pages.iter().map(|page| format!("{} {}", page.id.0, page.source.path));
    pages.chain(found.iter().chain(&project.problems).map(|finding| format!("{finding:?}"))).collect()
}

/// A sequence of changes of [`DOCSET`], and what each is expected to make.
fn check(steps: &[(&str, &str)]) {
    check_input("docs", steps);
}

fn check_input(input: &str, steps: &[(&str, &str)]) {
    let mut trial = Trial::new(DOCSET, input);
    for (change, expected) in steps {
        assert_eq!(trial.step(change), *expected, "{change}");
    }
}

const DOCSET: &[(&str, &str)] = &[
    ("docfx.json", "{}"),
    ("docs/api/thing-get.md", "# Get thing\n\nSee [thing](../resources/thing.md#properties), [x](picture.png).\n"),
    ("docs/api/picture.png", ""),
    ("docs/api/shared.md", "# Shared\n\n[!INCLUDE [note](../../includes/note.md)]\n"),
    (
        "docs/resources/thing.md",
        "# thing resource type\n\nNamespace: a.b\n\n## Properties\n|Property|Type|Description|\n|:--|:--|:--|\n|id|String|Id.|\n",
    ),
    ("includes/note.md", "A TODO: write.\n"),
    ("includes/other.md", "Another note.\n"),
];

#[test]
fn a_changed_page_is_read_again_and_no_other() {
    check(&[
        (
            "> docs/api/thing-get.md # Get thing\n\nTODO: write\n",
            "texts: changed docs/api/thing-get.md, parsed docs/api/thing-get.md",
        ),
        ("touch docs/api/thing-get.md", "texts: changed , parsed "),
        (
            "> docs/resources/thing.md # thing\n",
            "texts: changed docs/resources/thing.md, parsed docs/resources/thing.md",
        ),
        ("> includes/note.md No more.\n", "texts: changed includes/note.md, parsed includes/note.md"),
        ("> docs/api/picture.png other", "texts: changed , parsed "),
        ("touch docs/api/4913", "texts: changed , parsed "),
        ("touch target/debug/x.md", "texts: changed , parsed "),
    ]);
}

#[test]
fn files_come_and_go() {
    check(&[
        ("rm docs/api/picture.png", "files: changed , parsed "),
        ("rm docs/resources/thing.md", "files: changed , parsed "),
        (
            "> docs/resources/thing.md # thing\n",
            "files: changed docs/resources/thing.md, parsed docs/resources/thing.md",
        ),
        ("> docs/api/a.md # A\n", "files: changed docs/api/a.md, parsed docs/api/a.md"),
        ("mv docs/api/a.md docs/api/b.md", "files: changed docs/api/b.md, parsed docs/api/b.md"),
        ("> docs/api/picture.png new", "files: changed , parsed "),
        // Editors write a new file and give it the name of the old.
        ("> docs/api/.b.md.tmp # New\n", "files: changed , parsed "),
        ("mv docs/api/.b.md.tmp docs/api/b.md", "files: changed docs/api/b.md, parsed docs/api/b.md"),
        ("touch docs/api/b.md", "texts: changed , parsed "),
    ]);
}

#[test]
fn folders_come_and_go() {
    check(&[
        (
            "mv docs/api docs/old",
            "files: changed docs/old/shared.md docs/old/thing-get.md, parsed docs/old/shared.md docs/old/thing-get.md",
        ),
        ("> docs/api/shared.md # Other\n", "files: changed docs/api/shared.md, parsed docs/api/shared.md"),
        ("rm docs/old", "files: changed , parsed "),
        ("mv docs/api docs/target", "files: changed , parsed "),
        ("rm docs/resources", "error: no pages in `docs`"),
    ]);
    check(&[("rm docs", "error: could not open `docs`")]);
}

#[test]
fn a_folder_in_place_of_another_is_read() {
    let mut trial = Trial::new(DOCSET, "docs");
    write(&trial.request.directory, "new/shared.md", "# Other\n");
    trial.step("touch new");
    fs::rename(trial.dir.path().join("docs/api"), trial.dir.path().join("old")).unwrap();
    fs::rename(trial.dir.path().join("new"), trial.dir.path().join("docs/api")).unwrap();
    assert_eq!(trial.step("touch docs/api"), "files: changed docs/api/shared.md, parsed docs/api/shared.md");
}

#[test]
fn includes_bring_pages_along() {
    check(&[
        (
            "> docs/api/shared.md [!INCLUDE [x](../../includes/other.md)]\n",
            "files: changed docs/api/shared.md includes/other.md, parsed docs/api/shared.md includes/other.md",
        ),
        ("> includes/note.md It is no part any more.\n", "texts: changed , parsed "),
        (
            "> includes/other.md [!INCLUDE [x](note.md)]\n",
            "files: changed includes/note.md includes/other.md, parsed includes/note.md includes/other.md",
        ),
        ("> docs/api/shared.md # Shared\n", "files: changed docs/api/shared.md, parsed docs/api/shared.md"),
        ("> docs/api/shared.md <!-- Generated by apipage -->\n", "files: changed , parsed "),
        ("> docs/api/shared.md # Shared\n", "files: changed docs/api/shared.md, parsed docs/api/shared.md"),
    ]);
}

#[test]
fn configurations_hold_at_once() {
    let all = "docs/api/shared.md docs/api/thing-get.md docs/resources/thing.md includes/note.md";
    let two = "docs/api/shared.md docs/api/thing-get.md includes/note.md";
    let parsed = |paths: &str| format!("files: changed , parsed {paths}");
    let (all, two) = (parsed(all), parsed(two));
    check(&[
        ("> apipage.toml [sections]\nproperties = [\"fields\"]\n", &all),
        (
            "> docs/api/shared.md # Shared\n\n[!INCLUDE [note](../../includes/note.md)]\n\n## Fields\n",
            "texts: changed docs/api/shared.md, parsed docs/api/shared.md",
        ),
        ("> apipage.toml [docset]\nexclude = [\"resources/\"]\n", &two),
        (
            "> apipage.toml [docset\n",
            "files: changed docs/resources/thing.md, parsed docs/api/shared.md docs/api/thing-get.md docs/resources/thing.md includes/note.md",
        ),
        ("> apipage.toml [[front-matter]]\ndoc-types = [\"x\"]\nrequired = [\"y\"]\n", &all),
        (
            "> docs/api/shared.md ---\ndoc_type: x\n---\n\n[!INCLUDE [note](../../includes/note.md)]\n",
            "texts: changed docs/api/shared.md, parsed docs/api/shared.md",
        ),
        ("rm apipage.toml", &all),
        // The docset begins elsewhere now.
        (
            "> docs/apipage.toml [docset]\n",
            "files: changed api/shared.md api/thing-get.md resources/thing.md, parsed api/shared.md api/thing-get.md resources/thing.md",
        ),
    ]);
}

#[test]
fn gitignore_holds_at_once() {
    check(&[
        ("> .git/HEAD x", "texts: changed , parsed "),
        ("> docs/.gitignore resources/\n", "files: changed , parsed "),
        ("> docs/resources/thing.md # thing\n", "texts: changed , parsed "),
        ("> docs/.gitignore \n", "files: changed docs/resources/thing.md, parsed docs/resources/thing.md"),
    ]);
}

#[test]
fn one_page_is_refreshed_with_its_neighbours() {
    check_input(
        "docs/api/thing-get.md",
        &[
            (
                "> docs/resources/thing.md # thing\n",
                "texts: changed docs/resources/thing.md, parsed docs/resources/thing.md",
            ),
            ("rm docs/api/thing-get.md", "error: could not open `docs/api/thing-get.md`"),
        ],
    );
}

#[cfg(unix)]
#[test]
fn what_links_lead_to_is_read_again() {
    check(&[
        ("ln ../includes/other.md docs/linked.md", "files: changed docs/linked.md, parsed docs/linked.md"),
        ("> includes/other.md # Other\n", "texts: changed docs/linked.md, parsed docs/linked.md"),
        ("rm docs/linked.md", "files: changed , parsed "),
        (
            "ln ../includes docs/notes",
            "files: changed docs/notes/note.md docs/notes/other.md, parsed docs/notes/note.md docs/notes/other.md",
        ),
        ("> includes/other.md # One more\n", "texts: changed docs/notes/other.md, parsed docs/notes/other.md"),
    ]);
}

/// Changes of a few files, so that they often concern the same ones.
fn changes() -> impl Strategy<Value = Vec<String>> {
    let path = prop::sample::select(vec![
        "docs/api/thing-get.md",
        "docs/api/shared.md",
        "docs/resources/thing.md",
        "docs/new/a.md",
        "includes/note.md",
        "includes/other.md",
        "apipage.toml",
        ".gitignore",
        "docs/api/picture.png",
    ]);
    let text = prop::sample::select(vec![
        "# Thing\n\nTODO: write\n",
        "# thing resource type\n\n## Properties\n|Property|Type|Description|\n|:--|:--|:--|\n|id|other|Id.|\n",
        "# x\n\nSee [thing](../resources/thing.md#properties), [x](../api/picture.png) and [y](y.md#thing).\n",
        "[!INCLUDE [x](../../includes/other.md)]\n\n[!INCLUDE [x](note.md)]\n",
        "<!-- apipage-ignore broken-link -->\n# A\n\n[x](nowhere.md)\n\n<!-- Generated by apipage -->\n",
        "[docset]\nexclude = [\"new/\"]\n\n[rules]\nbroken-link = \"off\"\n",
        "[[overrides]]\npaths = [\"docs/api/\"]\nrules = { todo-placeholder = \"hint\" }\n",
        "docs/resources/\n",
    ]);
    let folder = prop::sample::select(vec!["docs/api", "docs/new", "docs/old", "includes"]);
    let change = prop_oneof![
        6 => (path.clone(), text).prop_map(|(path, text)| format!("> {path} {text}")),
        2 => path.clone().prop_map(|path| format!("rm {path}")),
        2 => (path.clone(), path).prop_map(|(from, to)| format!("mv {from} {to}")),
        1 => (folder.clone(), folder).prop_map(|(from, to)| format!("mv {from} {to}")),
    ];
    prop::collection::vec(change, 1..8)
}

/// Whether a change can be made.
fn is_possible(root: &Path, change: &str) -> bool {
    let words: Vec<&str> = change.splitn(3, ' ').collect();
    match words[..] {
        ["rm", path] => root.join(path).is_file(),
        ["mv", from, to] => {
            let (from, to) = (root.join(from), root.join(to));
            from.exists() && from != to && to.parent().is_some_and(Path::is_dir) && !(from.is_dir() && to.exists())
        }
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn refreshing_is_opening_anew(changes in changes()) {
        let mut trial = Trial::new(DOCSET, "docs");
        let keep = "> docs/keep.md # Keep\n";
        trial.step(keep);
        for change in changes {
            if is_possible(&trial.request.directory, &change) {
                trial.step(&change);
            }
        }
    }
}
