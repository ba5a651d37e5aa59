//! `cargo xtask review`: a change of pages in a workspace of its own with git.

use std::process::Command;

use crate::workspace::{OVERLAY, PAGE, Run, Workspace, xtask};

/// A page beside the first one.
const OTHER: &str = "spec/docs/ccc/2020-07-01/HoldCall.md";

/// Runs git in the workspace, whatever the machine's own configuration says.
fn git(workspace: &Workspace, arguments: &[&str]) {
    let status = Command::new("git")
        .current_dir(workspace.path(""))
        .env_remove("GIT_DIR")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", workspace.path("none"))
        .args([
            "-c",
            "user.name=Somebody",
            "-c",
            "user.email=somebody@example.com",
            "-c",
            "core.autocrlf=false",
        ])
        .args(arguments)
        .output()
        .unwrap();
    assert!(status.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&status.stderr));
}

/// A workspace whose state is the commit `v1`.
fn committed() -> Workspace {
    let workspace = Workspace::copied();
    git(&workspace, &["init", "--quiet"]);
    commit(&workspace, "v1");
    workspace
}

fn commit(workspace: &Workspace, tag: &str) {
    git(workspace, &["add", "--all"]);
    git(workspace, &["commit", "--quiet", "--message", tag]);
    git(workspace, &["tag", tag]);
}

/// Returns the review of the workspace, which must succeed.
fn review(workspace: &Workspace, arguments: &[&str]) -> String {
    let run = workspace.run(&[&["review"], arguments].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    run.out
}

/// Returns the message of a review that failed.
fn refusal(run: &Run) -> &str {
    assert_eq!((run.code, run.out.as_str()), (Some(3), ""));
    &run.err
}

#[test]
fn without_a_base_every_page_is_shown() {
    let html = review(&Workspace::copied(), &[]);
    assert!(html.starts_with("<!doctype html>") && html.contains("<h2>MakeCall</h2>"));
    assert!(html.contains("Asks for no release"));
}

#[test]
fn a_page_that_was_not_regenerated_yet_says_what_regen_would_change() {
    let workspace = Workspace::copied();
    workspace.edit(PAGE, "|TimeoutSeconds|Integer|否|", "|TimeoutSeconds|Long|否|");
    let html = review(&workspace, &[]);
    assert!(html.contains("<code>request.TimeoutSeconds</code> type changed from Integer to Long"));
}

#[test]
fn a_changed_page_shows_what_it_changes_and_the_release_it_asks_for() {
    let workspace = committed();
    workspace.edit(
        PAGE,
        "|TimeoutSeconds|Integer|否|",
        "|RingTone|String|否|chimes|Played. |\n|TimeoutSeconds|Long|否|",
    );
    let html = review(&workspace, &["--base", "v1"]);
    assert!(html.contains("<title>Review of what changed since v1 ("));
    assert!(html.contains("Asks for <strong>0.3.0</strong>"));
    assert!(html.contains("<code>request.RingTone</code> added (String)"));
    assert!(html.contains("<td>RingTone</td>"));
    assert!(html.contains("<del>|TimeoutSeconds|Integer|否|10|"));
}

#[test]
fn the_review_is_the_same_once_regen_has_run_and_all_is_committed() {
    let workspace = committed();
    workspace.edit(PAGE, "|TimeoutSeconds|Integer|否|", "|TimeoutSeconds|Long|否|");
    let before = review(&workspace, &["--base", "v1"]);
    assert_eq!(workspace.run(&["regen"]).code, Some(0));
    commit(&workspace, "v2");
    assert_eq!(review(&workspace, &["--base", "v1"]), before);
}

#[test]
fn nothing_is_shown_of_pages_that_did_not_change() {
    let html = review(&committed(), &["--base", "v1"]);
    assert!(html.contains("No page, no overlay and no spec differs.") && !html.contains("<h2>MakeCall</h2>"));
}

#[test]
fn a_changed_overlay_shows_its_page() {
    let workspace = committed();
    let overlay = workspace.read(OVERLAY);
    let (first, _) = overlay.split_once("english = ").unwrap();
    let rest = overlay.strip_prefix(first).unwrap().replacen("english = \"", "english = \"Again: ", 1);
    workspace.write(OVERLAY, format!("{first}{rest}"));
    let html = review(&workspace, &["--base", "v1"]);
    assert!(html.contains("<h2>MakeCall</h2>") && html.contains(">overlay changed<"));
    assert!(!html.contains(">page changed<"));
}

#[test]
fn a_page_that_is_gone_is_shown_as_it_was() {
    let workspace = committed();
    std::fs::remove_file(workspace.path(PAGE)).unwrap();
    std::fs::remove_file(workspace.path(OVERLAY)).unwrap();
    workspace.write("spec/docs/ccc/2020-07-01/Guide.md", "# Guide\n");
    let html = review(&workspace, &["--base", "v1"]);
    assert!(html.contains(">page removed<") && html.contains("The page as it was"));
    assert!(html.contains("The operation is gone: code that calls it no longer compiles."));
}

#[test]
fn a_new_page_is_marked() {
    let workspace = committed();
    workspace.write(OTHER, workspace.read(PAGE).replace("MakeCall", "HoldCall"));
    let html = review(&workspace, &["--base", "v1"]);
    assert!(html.contains("<h2>HoldCall</h2>") && html.contains(">new page<"));
    assert!(html.contains("The operation is new."));
}

#[test]
fn a_page_whose_place_another_takes_is_unreadable_and_not_gone() {
    let workspace = committed();
    workspace.write("spec/docs/ccc/2020-07-01/MakeCall.markdown", workspace.read(PAGE));
    let html = review(&workspace, &["--base", "v1"]);
    assert!(html.contains(">unreadable<") && !html.contains(">page removed<"));
}

#[test]
fn a_page_that_the_base_could_not_read_is_not_new() {
    let workspace = committed();
    workspace.write("spec/docs/ccc/2020-07-01/MakeCall.markdown", workspace.read(PAGE));
    commit(&workspace, "v2");
    std::fs::remove_file(workspace.path("spec/docs/ccc/2020-07-01/MakeCall.markdown")).unwrap();
    let html = review(&workspace, &["--base", "v2"]);
    assert!(html.contains(">unreadable before<") && !html.contains(">new page<"));
}

#[cfg(unix)]
#[test]
fn a_page_that_is_no_regular_file_is_unreadable_and_not_gone() {
    let workspace = committed();
    workspace.write(OTHER, "# Guide\n");
    std::fs::remove_file(workspace.path(PAGE)).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(workspace.path(PAGE)).unwrap();
    let html = review(&workspace, &["--base", "v1"]);
    assert!(html.contains(">unreadable<") && !html.contains(">page removed<"));
    assert!(html.contains("The page as it was"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_is_refused_in_both_states() {
    use std::os::unix::ffi::OsStrExt as _;
    let workspace = committed();
    let name = workspace.path("spec/docs/ccc").join(std::ffi::OsStr::from_bytes(b"Hold\xff.md"));
    std::fs::write(&name, workspace.read(PAGE).replace("MakeCall", "HoldCall")).unwrap();
    commit(&workspace, "v2");
    let html = review(&workspace, &["--base", "v2"]);
    assert!(html.contains("No page, no overlay and no spec differs.") && html.contains("not UTF-8"));
}

/// Moves the page into another folder below `spec/docs`, and leaves a link in its place.
#[cfg(unix)]
fn link_page(workspace: &Workspace, target: &str) {
    let path = workspace.path(PAGE);
    workspace.write("spec/docs/ccc/shared.txt", workspace.read(PAGE));
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(target, path).unwrap();
}

#[cfg(unix)]
#[test]
fn a_page_that_is_a_link_in_both_states_did_not_change() {
    let workspace = committed();
    link_page(&workspace, "../shared.txt");
    commit(&workspace, "v2");
    let html = review(&workspace, &["--base", "v2"]);
    assert!(
        html.contains("No page, no overlay and no spec differs.") && html.contains("Asks for no release")
    );
    workspace.edit("spec/docs/ccc/shared.txt", "|TimeoutSeconds|Integer|否|", "|TimeoutSeconds|Long|否|");
    let html = review(&workspace, &["--base", "v2"]);
    assert!(html.contains(">page changed<") && !html.contains(">new page<"));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_pages_of_the_base_exits_with_3_and_is_named() {
    for target in ["/etc/hostname", "../../../../../outside.md", "../../../../outside.md", "MakeCall.md"] {
        let workspace = committed();
        workspace.write("outside.md", "# Guide\n");
        link_page(&workspace, target);
        commit(&workspace, "v2");
        std::fs::remove_file(workspace.path(PAGE)).unwrap();
        workspace.write(PAGE, "# Guide\n");
        let run = workspace.run(&["review", "--base", "v2"]);
        let expected = format!("is a symbolic link to {target}, which is none of the files");
        assert!(refusal(&run).contains(PAGE) && run.err.contains(&expected), "{}", run.err);
    }
}

#[test]
fn a_page_without_an_operation_is_shown_with_what_is_wrong() {
    let workspace = committed();
    workspace.write(OTHER, "# Guide\n\nRead this.\n");
    let html = review(&workspace, &["--base", "v1"]);
    assert!(html.contains("<h2>HoldCall.md</h2>") && html.contains(">no operation<"));
    assert!(html.contains("no operation can be read from spec/docs/ccc/2020-07-01/HoldCall.md"));
}

#[test]
fn named_pages_alone_are_shown() {
    let workspace = committed();
    workspace.write(OTHER, workspace.read(PAGE).replace("MakeCall", "HoldCall"));
    let named = workspace.path(OTHER);
    let html = review(&workspace, &[named.to_str().unwrap()]);
    assert!(html.contains("<h2>HoldCall</h2>") && !html.contains("<h2>MakeCall</h2>"));
    let folder = workspace.path("spec/docs/ccc");
    let html = review(&workspace, &[folder.to_str().unwrap()]);
    assert!(html.contains("<h2>HoldCall</h2>") && html.contains("<h2>MakeCall</h2>"));
}

#[test]
fn a_page_that_is_gone_can_be_named() {
    let workspace = committed();
    workspace.write(OTHER, workspace.read(PAGE).replace("MakeCall", "HoldCall"));
    std::fs::remove_file(workspace.path(PAGE)).unwrap();
    let named = workspace.path(PAGE);
    let html = review(&workspace, &["--base", "v1", named.to_str().unwrap()]);
    assert!(html.contains("<h2>MakeCall</h2>") && !html.contains("<h2>HoldCall</h2>"));
}

#[test]
fn a_file_says_how_much_was_written() {
    let workspace = Workspace::copied();
    let out = workspace.path("new/review.html");
    let run = workspace.run(&["review", "--out", out.to_str().unwrap()]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(
        run.out.contains("review.html: 1 page in ") && run.out.contains("asks for no release"),
        "{}",
        run.out
    );
    assert_eq!(workspace.read("new/review.html"), review(&workspace, &[]));
}

#[test]
fn nothing_of_the_workspace_changes() {
    let workspace = committed();
    workspace.edit(PAGE, "|TimeoutSeconds|Integer|否|", "|TimeoutSeconds|Long|否|");
    let before = workspace.files();
    review(&workspace, &["--base", "v1"]);
    assert!(before == workspace.files());
}

#[test]
fn the_variables_of_a_git_hook_lead_to_no_other_repository() {
    let workspace = committed();
    for name in ["GIT_DIR", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"] {
        let mut command = xtask();
        command.arg("--root").arg(workspace.path("")).args(["review", "--base", "v1"]);
        let run = Run::from(command.env(name, workspace.path("elsewhere")).output().unwrap());
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{name}");
    }
}

#[test]
fn an_unknown_revision_exits_with_3_and_says_what_to_name() {
    let workspace = committed();
    let run = workspace.run(&["review", "--base", "--help"]);
    assert_eq!(run.code, Some(2));
    for name in ["v9", "v1:spec", "--all", ""] {
        let run = workspace.run(&["review", &format!("--base={name}")]);
        assert!(refusal(&run).contains("no revision of the git repository"), "{name}: {}", run.err);
    }
}

#[test]
fn a_folder_that_is_no_repository_exits_with_3() {
    let run = Workspace::copied().run(&["review", "--base", "HEAD"]);
    assert!(refusal(&run).contains("HEAD: no revision"), "{}", run.err);
}

#[test]
fn a_revision_without_pages_exits_with_3() {
    let workspace = Workspace::empty();
    git(&workspace, &["init", "--quiet"]);
    git(&workspace, &["commit", "--quiet", "--allow-empty", "--message", "v0"]);
    workspace.write(PAGE, "# Guide\n");
    let run = workspace.run(&["review", "--base", "HEAD"]);
    assert!(refusal(&run).contains("HEAD: has no folder spec/docs"), "{}", run.err);
}

#[test]
fn a_page_of_elsewhere_exits_with_3() {
    let workspace = Workspace::copied();
    workspace.write("Guide.md", "# Guide\n");
    for name in ["Guide.md", "spec/docs/ccc/2020-07-01/Make", "gone.md"] {
        let run = workspace.run(&["review", workspace.path(name).to_str().unwrap()]);
        assert!(refusal(&run).contains("is no page of the workspace"), "{name}: {}", run.err);
    }
}
