use super::*;
use notify::event::{AccessKind, AccessMode, CreateKind, DataChange, Flag, MetadataKind, RenameMode};
use std::fs;
use std::path::Path;

/// What an event at a path says.
fn check_event(kind: EventKind, path: &Path, expected: &str) {
    let said = match touched(Ok(Event::new(kind).add_path(path.to_owned()))) {
        None => "nothing",
        Some(Touched::All) => "all",
        Some(Touched::Paths(paths)) if paths == BTreeSet::from([path.to_owned()]) => "path",
        Some(Touched::Paths(_)) => "other paths",
    };
    assert_eq!(said, expected, "{kind:?}");
}

#[test]
fn reading_is_no_change() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, file) = (dir.path(), dir.path().join("a.md"));
    fs::write(&file, "").unwrap();
    check_event(EventKind::Access(AccessKind::Open(AccessMode::Any)), &file, "nothing");
    check_event(EventKind::Access(AccessKind::Close(AccessMode::Read)), &file, "nothing");
    check_event(EventKind::Modify(ModifyKind::Data(DataChange::Any)), &file, "path");
    check_event(EventKind::Modify(ModifyKind::Any), &file, "path");
    check_event(EventKind::Modify(ModifyKind::Any), folder, "nothing");
    check_event(EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), folder, "path");
    check_event(EventKind::Modify(ModifyKind::Name(RenameMode::From)), &folder.join("gone"), "path");
    check_event(EventKind::Create(CreateKind::Folder), folder, "path");
}

#[test]
fn what_was_lost_may_be_anything() {
    assert_eq!(touched(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))), Some(Touched::All));
    assert_eq!(touched(Err(notify::Error::new(ErrorKind::MaxFilesWatch))), Some(Touched::All));
}

/// A docset in a repository, with its configuration above.
fn docset() -> (tempfile::TempDir, PathBuf, Folders) {
    let dir = tempfile::tempdir().unwrap();
    let base = dir.path().canonicalize().unwrap();
    for path in [".git/HEAD", "set/docfx.json", "set/docs/a.md", "set/node_modules/x/y.md", "known/baseline.toml"] {
        fs::create_dir_all(base.join(path).parent().unwrap()).unwrap();
        fs::write(base.join(path), "").unwrap();
    }
    let request = Request { directory: base.join("set"), input: Some("docs".into()), ..Request::default() };
    let folders = Folders::of(&request, [base.join("set/../known/baseline.toml")]);
    (dir, base, folders)
}

#[test]
fn only_what_matters_is_followed() {
    let (_dir, base, folders) = docset();
    let check = |path: &str, expected: bool| assert_eq!(folders.concern(&base.join(path)), expected, "{path}");
    check("set/docs/a.md", true);
    check("set/images/new.png", true);
    check("set/node_modules/x/y.md", false);
    check("set", true);
    check("other/a.md", false);
    check("apipage.toml", true);
    check(".gitignore", true);
    check("known/baseline.toml", true);
    check("known/other.toml", false);
    let outer: Vec<PathBuf> = folders.outer.iter().cloned().collect();
    assert_eq!(outer, [base.clone(), base.join("known")]);
}

#[test]
fn a_docset_that_is_gone_is_waited_for_where_it_was() {
    let (_dir, base, _) = docset();
    let request = Request { directory: base.clone(), input: Some("set/docs/deep/er".into()), ..Request::default() };
    let folders = Folders::of(&request, []);
    assert_eq!(folders.outer, BTreeSet::from([base.join("set/docs")]));
    assert!(folders.root.is_none() && folders.concern(&base.join("set/docs/deep")));
}

#[test]
fn looks_at_files_find_what_changed_since_they_were_followed() {
    let (_dir, base, folders) = docset();
    let mut snapshot = Snapshot::default();
    snapshot.follow(&folders);
    fs::write(base.join("set/docs/a.md"), "longer").unwrap();
    fs::write(base.join("set/docs/new.md"), "").unwrap();
    fs::write(base.join("known/baseline.toml"), "longer").unwrap();
    fs::write(base.join("other.txt"), "").unwrap();
    fs::remove_file(base.join("set/docfx.json")).unwrap();
    // What is followed again is not forgotten.
    snapshot.follow(&folders);
    let expected = ["known/baseline.toml", "set/docfx.json", "set/docs/a.md", "set/docs/new.md"];
    let expected = expected.map(|path| base.join(path));
    let Touched::Paths(paths) = snapshot.wait(&folders) else { panic!("all") };
    let new = base.join("set/docs/new.md");
    // A file that came before it was followed was read then.
    assert_eq!(
        paths.into_iter().collect::<Vec<_>>(),
        expected.into_iter().filter(|path| *path != new).collect::<Vec<_>>()
    );
}
