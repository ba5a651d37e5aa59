//! Pages in folders of their own, for the commands that read any page.

use std::fs;

use tempfile::TempDir;

use crate::workspace::{Run, xtask};

/// A folder of pages.
pub(crate) struct Pages(TempDir);

impl Pages {
    /// With these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    /// Returns the path of a file in the folder.
    pub(crate) fn path(&self, name: impl AsRef<std::path::Path>) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// Runs a command in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        xtask().current_dir(self.0.path()).args(arguments).output().unwrap().into()
    }
}

/// A page that says nothing odd: lists with wrappers, a numbered parameter, samples in both formats.
pub(crate) const CLEAN: &str = r#"# ListBells

Lists bells.

## Debugging

[Try it](https://explorer.test/#product=Bell&api=ListBells&type=RPC&version=2021-01-02)

## Request parameters

|Parameter|Type|Required|Example|Description|
|---------|----|--------|-------|-----------|
|Action|String|Yes|ListBells|The operation.|
|TowerId|String|Yes|t-1|The tower.|
|Tag.N.Key|String|No|metal|A tag.|

## Response parameters

|Parameter|Type|Example|Description|
|---------|----|-------|-----------|
|Bells|Array of Bell| |The bells.|
|Bell| | | |
|BellId|String|b-1|The bell.|
|Weight|Float|2.5|In tons.|
|RequestId|String|R-1|The request.|

## Examples

Sample requests

```
http(s)://bell.test/?Action=ListBells
&TowerId=t-1
&Tag.1.Key=metal
&<Common request parameters>
```

Sample success responses

`XML` format

```
<ListBellsResponse>
  <Bells>
    <Bell>
      <BellId>b-1</BellId>
      <Weight>2.5</Weight>
    </Bell>
  </Bells>
  <RequestId>R-1</RequestId>
</ListBellsResponse>
```

`JSON` format

```
{
  "Bells": {"Bell": [{"BellId": "b-1", "Weight": 2.5}]},
  "RequestId": "R-1"
}
```
"#;
