use std::fs;

use tempfile::TempDir;

use super::*;

const OUT: &str = "out";

/// A folder of its own with files in the output folder.
fn root(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (below, text) in files {
        let path = folder.path().join(OUT).join(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn wanted(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(below, text)| ((*below).to_owned(), (*text).to_owned())).collect()
}

/// Plans and applies; gives the fate of every file.
fn regenerate(root: &Path, files: &[(&str, &str)]) -> Result<Vec<(String, Fate)>, Failure> {
    let folder = OutputFolder::new(root, OUT, &["rs"]);
    let planned = folder.plan(folder.read()?, wanted(files))?;
    folder.apply(&planned)?;
    Ok(planned.into_iter().map(|file| (file.name.clone(), file.fate())).collect())
}

fn fates(fates: &[(String, Fate)]) -> Vec<(&str, Fate)> {
    fates.iter().map(|(name, fate)| (name.as_str(), *fate)).collect()
}

#[test]
fn each_file_meets_its_fate() {
    let folder = root(&[("same.rs", "1"), ("old.rs", "1"), ("gone.rs", "1")]);
    let planned =
        regenerate(folder.path(), &[("same.rs", "1"), ("old.rs", "2"), ("new/mod.rs", "3")]).unwrap();
    assert_eq!(
        fates(&planned),
        [
            ("out/gone.rs", Fate::Removed),
            ("out/new/mod.rs", Fate::Written),
            ("out/old.rs", Fate::Written),
            ("out/same.rs", Fate::Unchanged),
        ]
    );
    assert_eq!(fs::read_to_string(folder.path().join("out/old.rs")).unwrap(), "2");
    assert_eq!(fs::read_to_string(folder.path().join("out/new/mod.rs")).unwrap(), "3");
    assert!(!folder.path().join("out/gone.rs").exists());
}

#[test]
fn folders_that_become_empty_are_removed() {
    let folder = root(&[("a/b/c.rs", "1"), ("a/keep.rs", "1")]);
    regenerate(folder.path(), &[("a/keep.rs", "1")]).unwrap();
    assert!(!folder.path().join("out/a/b").exists());
    assert!(folder.path().join("out/a/keep.rs").exists());
}

#[test]
fn the_output_folder_itself_stays() {
    let folder = root(&[("a/b.rs", "1")]);
    regenerate(folder.path(), &[]).unwrap();
    assert!(folder.path().join("out").is_dir());
    assert!(!folder.path().join("out/a").exists());
}

#[test]
fn files_of_another_kind_are_left_alone() {
    let folder = root(&[("a/notes.txt", "mine"), ("a/b.rs", "1")]);
    regenerate(folder.path(), &[]).unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("out/a/notes.txt")).unwrap(), "mine");
}

#[test]
fn what_a_person_wrote_is_not_removed() {
    let folder = root(&[
        ("theirs.rs", "// like what is // @generated"),
        ("old.rs", "// @generated"),
        ("a.md", "<!-- @generated"),
    ]);
    let output =
        OutputFolder::new(folder.path(), OUT, &["rs", "md"]).marked_by(&["// @generated", "<!-- @generated"]);
    let refused = output.plan(output.read().unwrap(), wanted(&[]));
    assert!(matches!(refused, Err(Failure::Refused { .. })));
    assert!(folder.path().join("out/theirs.rs").exists());
    fs::remove_file(folder.path().join("out/theirs.rs")).unwrap();
    assert_eq!(output.plan(output.read().unwrap(), wanted(&[])).unwrap().len(), 2);
}

#[test]
fn what_an_interrupted_run_left_behind_is_removed() {
    let folder = root(&[(".xtask-Ab12Cd", "half of a fi")]);
    regenerate(folder.path(), &[("a.rs", "1")]).unwrap();
    assert!(!folder.path().join("out/.xtask-Ab12Cd").exists());
}

#[test]
fn nothing_temporary_is_left_behind() {
    let folder = root(&[]);
    regenerate(folder.path(), &[("a.rs", "1"), ("b/c.rs", "2")]).unwrap();
    let mut names: Vec<_> =
        fs::read_dir(folder.path().join("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.rs", "b"]);
}

#[test]
fn paths_that_leave_the_folder_are_refused() {
    let folder = root(&[("a.rs", "1")]);
    for foreign in ["../b.rs", "a/../../b.rs", "/b.rs", "", "a//b.rs", "./b.rs", "a\\b.rs", "c:b.rs", "b.txt"]
    {
        let refused = regenerate(folder.path(), &[(foreign, "2")]);
        assert!(matches!(refused, Err(Failure::Refused { .. })), "{foreign:?} was accepted");
    }
    assert!(folder.path().join("out/a.rs").exists(), "a refused plan removes nothing");
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn links_in_the_folder_are_refused() {
        let folder = root(&[("a.rs", "1")]);
        let elsewhere = TempDir::new().unwrap();
        fs::write(elsewhere.path().join("theirs.rs"), "theirs").unwrap();
        symlink(elsewhere.path(), folder.path().join("out/linked")).unwrap();
        let refused = regenerate(folder.path(), &[("linked/theirs.rs", "mine")]);
        assert!(matches!(refused, Err(Failure::Refused { .. })));
        assert_eq!(fs::read_to_string(elsewhere.path().join("theirs.rs")).unwrap(), "theirs");
    }

    #[test]
    fn a_link_in_place_of_the_folder_is_refused() {
        let folder = root(&[]);
        let elsewhere = TempDir::new().unwrap();
        fs::write(elsewhere.path().join("theirs.rs"), "theirs").unwrap();
        symlink(elsewhere.path(), folder.path().join("out")).unwrap();
        assert!(matches!(regenerate(folder.path(), &[]), Err(Failure::Refused { .. })));
        assert!(elsewhere.path().join("theirs.rs").exists());
    }

    #[test]
    fn a_new_file_is_as_readable_as_any_source_file() {
        let folder = root(&[]);
        regenerate(folder.path(), &[("a.rs", "1")]).unwrap();
        let by_hand = folder.path().join("by-hand.rs");
        fs::write(&by_hand, "1").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&folder.path().join("out/a.rs")), mode(&by_hand));
    }

    #[test]
    fn a_file_that_is_read_while_it_is_replaced_keeps_its_old_text() {
        let folder = root(&[("a.rs", "old")]);
        let mut reader = fs::File::open(folder.path().join("out/a.rs")).unwrap();
        regenerate(folder.path(), &[("a.rs", "new")]).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut reader, &mut text).unwrap();
        assert_eq!(text, "old");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_to_a_pipe_goes_into_the_pipe() {
    use std::io::Read as _;
    let folder = root(&[]);
    let path = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    // Open for both, so that no side waits for the other.
    let mut pipe = fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    let out = path.clone();
    std::thread::spawn(move || sender.send(write_output(&out, b"text").is_ok()));
    assert_eq!(receiver.recv_timeout(std::time::Duration::from_secs(20)), Ok(true));
    let mut text = [0; 4];
    pipe.read_exact(&mut text).unwrap();
    assert_eq!((&text, fs::metadata(&path).unwrap().is_file()), (b"text", false));
}

#[cfg(unix)]
#[test]
fn output_through_a_link_replaces_the_file_and_not_the_link() {
    let folder = root(&[("a.html", "old")]);
    let (file, link) = (folder.path().join("out/a.html"), folder.path().join("b.html"));
    std::os::unix::fs::symlink("out/a.html", &link).unwrap();
    write_output(&link, b"new").unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read(&file).unwrap(), b"new");
}

#[test]
fn output_to_a_folder_is_an_error() {
    assert!(write_output(root(&[]).path(), b"text").is_err());
}
