//! Reads folders of the workspace as they are at a revision, with the `git` of the machine; changes nothing in the
//! repository.

mod links;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use links::Tree;

use crate::failure::Failure;
use crate::workspace::{PAGES, Workspace};

/// The variables that describe a repository, as `git rev-parse --local-env-vars` lists them. Those of a git hook could
/// describe another one.
const LOCAL_VARIABLES: [&str; 16] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// A commit of the repository that the workspace is in.
#[derive(Clone, Debug)]
pub(crate) struct Revision<'a> {
    workspace: &'a Workspace,
    /// The commit's full hash.
    commit: String,
}

/// A file of a commit, or a symbolic link to a page.
struct Blob {
    object: String,
    is_link: bool,
    /// Path below the root of the workspace.
    path: PathBuf,
}

impl<'a> Revision<'a> {
    /// Finds the commit that a name stands for: a branch, a tag, a hash, or an expression such as `main~2`.
    pub(crate) fn find(workspace: &'a Workspace, name: &str) -> Result<Self, Failure> {
        let asked = format!("{name}^{{commit}}");
        let output = git(workspace, &["rev-parse", "--verify", "--quiet", "--end-of-options", &asked])?;
        let commit = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if output.status.success() && !commit.is_empty() {
            return Ok(Self { workspace, commit });
        }
        let root = workspace.root().display();
        Err(Failure::Refused {
            what: name.to_owned(),
            why: match String::from_utf8_lossy(&output.stderr).trim() {
                "" => {
                    format!("no revision of the git repository in {root}; name a branch, a tag or a commit")
                }
                said => format!("no revision, since git cannot read the repository in {root}: {said}"),
            },
        })
    }

    /// Returns the first characters of the commit's hash.
    pub(crate) fn short(&self) -> &str {
        self.commit.get(..10).unwrap_or(&self.commit)
    }

    /// Writes the files of some folders, given below the root of the workspace, to the same paths below `out`. Links to
    /// pages are written as links. Refuses a link that leads out of the folders, or nowhere.
    pub(crate) fn extract(&self, folders: &[&str], out: &Path) -> Result<(), Failure> {
        let blobs = self.list(folders)?;
        let texts = self.contents(&blobs)?;
        let mut tree = Tree::default();
        for (blob, text) in blobs.iter().zip(texts) {
            if blob.is_link {
                tree.add_link(&blob.path, path_of_bytes(&text));
                continue;
            }
            tree.add_file(&blob.path);
            let path = out.join(&blob.path);
            create_folder_of(&path)?;
            fs::write(&path, text).map_err(|error| Failure::io("write", &path, error))?;
        }
        // All targets are checked before the first link exists, so no path above leads through one.
        for (link, target) in tree.links() {
            let end = tree.resolve(link);
            if !end.is_some_and(|end| folders.iter().any(|folder| end.starts_with(folder))) {
                return Err(Failure::Refused {
                    what: format!("{} at {}", link.display(), self.short()),
                    why: format!(
                        "is a symbolic link to {}, which is none of the files that the review reads of a revision; name a \
                         base where it is a regular file or leads to another page",
                        target.display()
                    ),
                });
            }
        }
        for (link, target) in tree.links() {
            let path = out.join(link);
            create_folder_of(&path)?;
            symlink(target, &path).map_err(|error| Failure::io("link", &path, error))?;
        }
        Ok(())
    }

    fn list(&self, folders: &[&str]) -> Result<Vec<Blob>, Failure> {
        let output = git(self.workspace, &[&["ls-tree", "-r", "-z", &self.commit, "--"], folders].concat())?;
        if !output.status.success() {
            return Err(self.failed(&String::from_utf8_lossy(&output.stderr)));
        }
        // Submodules are left out, and so are links of the folders where the workspace may have none.
        let blobs = output.stdout.split(|&byte| byte == 0).filter_map(|entry| {
            let (about, path) = entry.split_at_checked(entry.iter().position(|&byte| byte == b'\t')?)?;
            let mut about = std::str::from_utf8(about).ok()?.split(' ');
            let mode = about.next()?;
            let object = about.nth(1)?.to_owned();
            let path = path_of_bytes(path.get(1..)?);
            let stays = path.components().all(|part| matches!(part, Component::Normal(_)));
            let is_link = mode == "120000" && path.starts_with(PAGES);
            ((mode.starts_with("100") || is_link) && stays).then_some(Blob { object, is_link, path })
        });
        Ok(blobs.collect())
    }

    /// Reads the bytes of each file, in the order of `blobs`.
    fn contents(&self, blobs: &[Blob]) -> Result<Vec<Vec<u8>>, Failure> {
        let failed = |error| Failure::Io { doing: "run", what: "git cat-file".to_owned(), source: error };
        let mut child = command(self.workspace)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let asked: String = blobs.iter().map(|blob| format!("{}\n", blob.object)).collect();
        let (input, mut output) = (child.stdin.take(), child.stdout.take());
        let mut bytes = Vec::new();
        // Git responds while it still reads: if nobody read its output, both sides would wait for ever.
        thread::scope(|scope| {
            scope.spawn(move || input.map(|mut input| input.write_all(asked.as_bytes())));
            output.as_mut().map_or(Ok(0), |output| output.read_to_end(&mut bytes))
        })
        .map_err(failed)?;
        child.wait().map_err(failed)?;
        let texts = split(&bytes);
        if texts.len() == blobs.len() {
            Ok(texts)
        } else {
            Err(self.failed("the repository lacks some of its files"))
        }
    }

    fn failed(&self, said: &str) -> Failure {
        Failure::Refused { what: self.commit.clone(), why: format!("cannot be read: {}", said.trim()) }
    }
}

/// Splits what `git cat-file --batch` writes: a line that ends with a size, as many bytes, a line feed. Stops at the first
/// object that is not there.
fn split(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut texts = Vec::new();
    while let Some(end) = bytes.iter().position(|&byte| byte == b'\n') {
        let (head, rest) = bytes.split_at(end);
        let size = std::str::from_utf8(head).ok().and_then(|head| head.rsplit(' ').next()?.parse().ok());
        let text =
            size.and_then(|size: usize| Some((rest.get(1..=size)?, rest.get(size.checked_add(2)?..)?)));
        let Some((text, rest)) = text else { break };
        texts.push(text.to_vec());
        bytes = rest;
    }
    texts
}

fn create_folder_of(path: &Path) -> Result<(), Failure> {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::create_dir_all(folder).map_err(|error| Failure::io("create", folder, error))
}

#[cfg(unix)]
fn symlink(target: &Path, path: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, path)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// Makes a path of the bytes that git has. A name that is not UTF-8 must stay so, since such pages are refused.
#[cfg(unix)]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// Makes a path of the bytes that git has.
#[cfg(not(unix))]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

fn git(workspace: &Workspace, arguments: &[&str]) -> Result<std::process::Output, Failure> {
    let output = command(workspace).args(arguments).stdin(Stdio::null()).output();
    output.map_err(|source| Failure::Io { doing: "run", what: "git".to_owned(), source })
}

fn command(workspace: &Workspace) -> Command {
    let mut command = Command::new("git");
    command.current_dir(workspace.root());
    for name in LOCAL_VARIABLES {
        command.env_remove(name);
    }
    // Replacement objects would have other contents.
    command.env("GIT_NO_REPLACE_OBJECTS", "1").env("LC_ALL", "C");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_that_describes_a_repository_is_removed() {
        let output = Command::new("git").args(["rev-parse", "--local-env-vars"]).output().unwrap();
        let names = String::from_utf8(output.stdout).unwrap();
        assert!(names.contains("GIT_DIR"));
        for name in names.lines() {
            assert!(LOCAL_VARIABLES.contains(&name), "{name}");
        }
    }

    #[test]
    fn files_of_a_batch_are_told_apart_by_their_sizes() {
        let bytes = b"aa blob 3\na\nb\nbb blob 0\n\n";
        assert_eq!(split(bytes), [b"a\nb".to_vec(), Vec::new()]);
    }

    #[test]
    fn a_batch_ends_at_an_object_that_is_not_there() {
        assert_eq!(split(b"aa blob 1\na\nbb missing\n"), [b"a".to_vec()]);
        assert_eq!(split(b"aa blob 18446744073709551615\na\n"), Vec::<Vec<u8>>::new());
        assert_eq!(split(b"aa blob 9\na\n"), Vec::<Vec<u8>>::new());
    }
}
