//! Writes files. An output folder is compared with what it should hold, then made to hold it.
//!
//! A file is replaced whole (written beside, then renamed), so none is ever half-written. Files of the folder's kind that
//! are not wanted are removed, and so are folders that become empty. Files of another kind stay. Nothing outside the folder
//! is touched: paths that would leave it, and symbolic links, are refused.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// Prefix of a file that is being written.
const UNFINISHED: &str = ".xtask-";

/// A folder whose files of one kind belong to the command.
#[derive(Debug)]
pub(crate) struct OutputFolder<'a> {
    root: &'a Path,
    name: Cow<'static, str>,
    extensions: &'static [&'static str],
    marks: &'static [&'static str],
}

/// A file, as it is and as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlannedFile {
    /// Path below the root, with `/`.
    pub(crate) name: String,
    /// Its bytes now; `None` if it does not exist.
    pub(crate) before: Option<Vec<u8>>,
    /// The text it should have; `None` if it should not exist.
    pub(crate) after: Option<String>,
}

/// The fate of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stays as it is.
    Unchanged,
    /// It is new, or its text is replaced.
    Written,
    /// It is removed.
    Removed,
}

impl PlannedFile {
    /// Compares the file with what it should be.
    pub(crate) fn fate(&self) -> Fate {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) if before == after.as_bytes() => Fate::Unchanged,
            (_, Some(_)) => Fate::Written,
            (_, None) => Fate::Removed,
        }
    }
}

impl<'a> OutputFolder<'a> {
    /// Owns the files below `root/name` that have one of these extensions.
    pub(crate) fn new(
        root: &'a Path,
        name: impl Into<Cow<'static, str>>,
        extensions: &'static [&'static str],
    ) -> Self {
        Self { root, name: name.into(), extensions, marks: &[""] }
    }

    /// Removes only files that begin with one of `marks`. A person wrote the others.
    pub(crate) fn marked_by(self, marks: &'static [&'static str]) -> Self {
        Self { marks, ..self }
    }

    /// Reads the files of the folder's kind, by path below the folder.
    pub(crate) fn read(&self) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        self.refuse_links_above()?;
        let mut files = BTreeMap::new();
        let folder = self.path(&self.name);
        if folder.exists() {
            self.read_below(&folder, "", &mut files)?;
        }
        Ok(files)
    }

    /// Compares the files that are `present`, as [`read`](Self::read) returns them, with those that are `wanted`, by path
    /// below the folder. Returns them sorted by path. Refuses paths that leave the folder or are of another kind, and
    /// refuses to remove what a person wrote.
    pub(crate) fn plan(
        &self,
        mut present: BTreeMap<String, Vec<u8>>,
        wanted: BTreeMap<String, String>,
    ) -> Result<Vec<PlannedFile>, Failure> {
        let mut planned = Vec::with_capacity(wanted.len());
        for (below, text) in wanted {
            self.refuse_foreign(&below)?;
            let before = present.remove(&below);
            planned.push(PlannedFile { name: self.name_of(&below), before, after: Some(text) });
        }
        for (below, bytes) in present {
            self.refuse_handwritten(&below, &bytes)?;
            planned.push(PlannedFile { name: self.name_of(&below), before: Some(bytes), after: None });
        }
        planned.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(planned)
    }

    /// Carries out a plan. Removes first: on a file system that ignores case, a file whose name changes only in case would
    /// otherwise be removed after it was written.
    pub(crate) fn apply(&self, planned: &[PlannedFile]) -> Result<(), Failure> {
        self.refuse_links_above()?;
        for file in planned.iter().filter(|file| file.fate() == Fate::Removed) {
            self.remove(&file.name)?;
        }
        for file in planned.iter().filter(|file| file.fate() == Fate::Written) {
            if let Some(text) = &file.after {
                replace(&self.path(&file.name), text.as_bytes())?;
            }
        }
        Ok(())
    }

    fn path(&self, name: &str) -> PathBuf {
        below(self.root, name)
    }

    fn name_of(&self, below: &str) -> String {
        format!("{}/{below}", self.name)
    }

    fn is_ours(&self, file_name: &str) -> bool {
        self.is_owned(Path::new(file_name)) || is_unfinished(file_name)
    }

    fn is_owned(&self, path: &Path) -> bool {
        path.extension().is_some_and(|extension| self.extensions.iter().any(|own| extension == *own))
    }

    fn read_below(
        &self,
        folder: &Path,
        prefix: &str,
        files: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<(), Failure> {
        let failed = |error| Failure::io("list", folder, error);
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let path = entry.path();
            if kind.is_symlink() {
                return Err(Failure::refused(
                    &path,
                    "is a symbolic link, and links are not followed; remove it",
                ));
            }
            let file_name = entry.file_name();
            let Some(name) = file_name.to_str() else {
                return Err(Failure::refused(&path, "the name is not UTF-8; rename or remove it"));
            };
            let below = format!("{prefix}{name}");
            if kind.is_dir() {
                self.read_below(&path, &format!("{below}/"), files)?;
            } else if self.is_ours(name) {
                let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, error))?;
                files.insert(below, bytes);
            }
        }
        Ok(())
    }

    /// Refuses a path that could lead outside: absolute, with `..` or `.`, or of another kind.
    fn refuse_foreign(&self, below: &str) -> Result<(), Failure> {
        let path = Path::new(below);
        let stays = path.components().all(|part| matches!(part, Component::Normal(_)));
        let plain = !below.is_empty() && !below.contains(['\\', ':', '\0']) && !below.contains("//");
        if stays && plain && self.is_owned(path) {
            return Ok(());
        }
        Err(Failure::refused(
            path,
            format!(
                "is not the path of a .{} file below {}; nothing was written",
                self.extensions.join(" or ."),
                self.name
            ),
        ))
    }

    /// Refuses to remove what a person wrote into the folder.
    fn refuse_handwritten(&self, below: &str, bytes: &[u8]) -> Result<(), Failure> {
        let unfinished =
            Path::new(below).file_name().is_some_and(|name| is_unfinished(&name.to_string_lossy()));
        if unfinished || self.marks.iter().any(|mark| bytes.starts_with(mark.as_bytes())) {
            return Ok(());
        }
        let why = format!(
            "was written by hand, but {} may hold only generated files; move it elsewhere",
            self.name
        );
        Err(Failure::refused(Path::new(&self.name_of(below)), why))
    }

    /// Refuses a link on the way from the root to the folder.
    fn refuse_links_above(&self) -> Result<(), Failure> {
        let mut path = self.root.to_path_buf();
        for part in self.name.split('/') {
            path.push(part);
            if path.is_symlink() {
                return Err(Failure::refused(
                    &path,
                    "is a symbolic link, and links are not followed; remove it",
                ));
            }
        }
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), Failure> {
        let path = self.path(name);
        fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, error))?;
        let top = self.path(&self.name);
        let mut folder = path.parent().map(Path::to_path_buf);
        while let Some(empty) = folder.filter(|folder| *folder != top && is_empty(folder)) {
            fs::remove_dir(&empty).map_err(|error| Failure::io("remove", &empty, error))?;
            folder = empty.parent().map(Path::to_path_buf);
        }
        Ok(())
    }
}

fn is_unfinished(file_name: &str) -> bool {
    file_name.starts_with(UNFINISHED)
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// Appends a path that is written with `/`.
pub(crate) fn below(root: &Path, name: &str) -> PathBuf {
    name.split('/').fold(root.to_path_buf(), |path, part| path.join(part))
}

/// Replaces a file whole; readers see the old bytes or the new, never a part. Leaves a file alone that holds these bytes
/// already, so that its time stays.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    fs::create_dir_all(&folder).map_err(|error| Failure::io("create", &folder, error))?;
    let failed = |error| Failure::io("write", path, error);
    let mut file = beside(&folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Writes a file that the command line names. A regular file is replaced whole, and a link to it stays. Anything else, such
/// as a device or a pipe, is written to and not read.
pub(crate) fn write_output(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    match fs::metadata(path) {
        Ok(about) if about.is_file() => {
            let real = fs::canonicalize(path).map_err(|error| Failure::io("write", path, error))?;
            replace(&real, bytes)
        }
        Ok(_) => {
            let file = fs::OpenOptions::new().write(true).open(path);
            file.and_then(|mut file| file.write_all(bytes)).map_err(|error| Failure::io("write", path, error))
        }
        Err(_) => replace(path, bytes),
    }
}

fn beside(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    // Temporary files are private by default; source files follow the user's umask.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests;
