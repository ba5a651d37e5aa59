//! Properties of every command: help, exit codes, colour.

use crate::workspace::{PAGE, Run, Workspace, xtask};

const COMMANDS: &[&str] = if cfg!(feature = "endpoint") {
    &["regen", "demo", "mock", "lint", "paths", "explain", "openapi", "corpus"]
} else {
    &["regen", "lint", "paths", "explain", "openapi", "corpus"]
};

fn run(arguments: &[&str]) -> Run {
    xtask().args(arguments).output().unwrap().into()
}

#[test]
fn every_command_has_help_with_exit_codes_and_examples() {
    for command in COMMANDS {
        let help = run(&[command, "--help"]);
        assert_eq!((help.code, help.err.as_str()), (Some(0), ""));
        assert!(help.out.contains("Exit codes:") && help.out.contains("Examples:"), "{}", help.out);
    }
}

#[test]
fn help_lists_every_command() {
    let help = run(&["--help"]);
    assert_eq!(help.code, Some(0));
    for command in COMMANDS {
        assert!(help.out.contains(&format!("\n  {command} ")), "{}", help.out);
    }
}

#[test]
fn a_wrong_command_line_exits_with_2() {
    for arguments in [&["regen", "--chek"][..], &["regenerate"], &[], &["regen", "--color", "green"]] {
        assert_eq!(run(arguments).code, Some(2), "{arguments:?}");
    }
}

#[test]
fn a_folder_without_pages_exits_with_3() {
    let folder = tempfile::TempDir::new().unwrap();
    let run: Run = xtask().arg("regen").arg("--root").arg(folder.path()).output().unwrap().into();
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("it has no folder spec/docs"), "{}", run.err);
}

/// A workspace in which both streams have something to colour.
fn colourful() -> Workspace {
    let workspace = Workspace::empty();
    workspace.write(PAGE, "");
    workspace.write("spec/ir/gone.json", "{}\n");
    workspace
}

#[test]
fn nothing_is_coloured_where_no_terminal_is() {
    let run = colourful().run(&["regen", "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{}{}", run.out, run.err);
}

#[test]
fn colour_can_be_forced() {
    let run = colourful().run(&["regen", "--check", "--color", "always"]);
    assert!(run.out.contains('\u{1b}') && run.err.contains('\u{1b}'), "{}{}", run.out, run.err);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_stops_no_file() {
    let workspace = Workspace::copied();
    std::fs::remove_dir_all(workspace.path("spec/ir")).unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = xtask()
        .arg("--root")
        .arg(workspace.path(""))
        .arg("regen")
        .stderr(std::process::Stdio::null())
        .stdout(writer)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(3));
    assert!(workspace.path(crate::workspace::SPEC).is_file());
}
