//! Pages laid out as today's: sections, and which of their variants a page has.

use std::fmt::Write as _;

use crate::product::{Field, Operation, Product};
use crate::random::Random;
use crate::rows::{Row, Rows, arrange};
use crate::sample;
use crate::table::{self, Table, Values};
use crate::words::Language;

/// How a page describes the elements of lists and maps, and how it was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// In rows without a name.
    Unnamed,
    /// In rows with a name.
    Named,
    /// In rows without a name; every cell is a paragraph, and empty cells are gone.
    Flat,
}

/// What kind of page is asked for; all else follows from the operation's name.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    pub(crate) form: Form,
    pub(crate) sample: bool,
    pub(crate) sorted: bool,
}

impl Layout {
    /// Every layout there is.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let forms = [Form::Unnamed, Form::Named, Form::Flat].into_iter();
        let samples = forms.flat_map(|form| [true, false].map(|sample| (form, sample)));
        samples.flat_map(|(form, sample)| [true, false].map(|sorted| Self { form, sample, sorted }))
    }

    pub(crate) fn name(self) -> String {
        let form = match self.form {
            Form::Unnamed => "unnamed",
            Form::Named => "named",
            Form::Flat => "flat",
        };
        let sample = if self.sample { "sample" } else { "bare" };
        let sorted = if self.sorted { "sorted" } else { "shuffled" };
        format!("{form}-{sample}-{sorted}")
    }
}

/// The addresses by which today's pages lead to the online explorer.
pub(crate) const LINKS: [&str; 6] = [
    "https://api.aliyun.com/api/{product}/{version}/{action}",
    "https://next.api.aliyun.com/api/{product}/{version}/{action}",
    "https://api.alibabacloud.com/api/{product}/{version}/{action}?lang=EN",
    "https://api.aliyun.com/document/{product}/{version}/{action}",
    "https://api.aliyun.com/#product={product}&api={action}&type=RPC&version={version}",
    "https://next.api.aliyun.com/?product={product}&api={action}&type=RPC&version={version}",
];

/// The error codes of every page: status, code, message, description.
pub(crate) const ERRORS: [[&str; 4]; 3] = [
    ["400", "Parameter.Blank", "The parameter %s can't be blank.", "A parameter is blank."],
    ["404", "NotExists.Id", "The object %s was not found.", "There is no such object."],
    ["500", "InternalService.Common", "The service failed.", "Try again later."],
];

/// Writes the page of an operation with one of the [`LINKS`].
pub(crate) fn write(product: &Product, operation: &Operation, layout: Layout, link: &str) -> String {
    written(product, operation, layout, link, layout.form == Form::Flat)
}

/// Writes the page that a flat copy was made of: the same, with tables.
pub(crate) fn original(product: &Product, operation: &Operation, layout: Layout, link: &str) -> String {
    written(product, operation, layout, link, false)
}

fn written(product: &Product, operation: &Operation, layout: Layout, link: &str, is_copied: bool) -> String {
    let random = Random::seeded_by(&[&product.name, &operation.name, &layout.name()]);
    let language = if operation.name.len().is_multiple_of(2) { Language::English } else { Language::Chinese };
    let mut page = Page { product, operation, layout, is_copied, language, random, out: String::new() };
    page.all(&link_of(product, operation, link));
    page.out
}

fn link_of(product: &Product, operation: &Operation, link: &str) -> String {
    let link = link.replace("{product}", &product.code).replace("{version}", &product.version);
    link.replace("{action}", &operation.name)
}

struct Page<'a> {
    product: &'a Product,
    operation: &'a Operation,
    layout: Layout,
    /// Whether tables became paragraphs.
    is_copied: bool,
    language: Language,
    random: Random,
    out: String,
}

impl Page<'_> {
    fn all(&mut self, link: &str) {
        let mut request = self.operation.request.clone();
        let mut response = self.operation.response.clone();
        arrange(&mut request, self.layout.sorted, &mut self.random);
        arrange(&mut response, self.layout.sorted, &mut self.random);
        let name = &self.operation.name;
        let _ = write!(self.out, "# {name}\n\n");
        self.say("按条件执行本操作。", "Does what its name says.");
        if self.random.chance(40) {
            self.heading(2, &[("接口说明", "Operation description"), ("接口说明", "Description")]);
            self.say(
                "调用前请确认实例存在。",
                "Make sure that the instance exists before you call the operation.",
            );
        }
        self.heading(2, &[("调试", "Debugging"), ("在线调试", "Debugging"), ("调试", "Try it now")]);
        let text = self.language.choose("在浏览器中运行本接口。", "Run the operation in the browser.");
        let _ = write!(self.out, "[{text}]({link})\n\n");
        self.authorization();
        self.heading(2, &[("请求参数", "Request parameters"), ("请求参数", "Request Parameters")]);
        self.parameters(&request);
        self.heading(
            2,
            &[
                ("返回参数", "Response elements"),
                ("返回参数", "Response parameters"),
                ("返回数据", "Response elements"),
            ],
        );
        self.elements(&response);
        self.examples(&response);
        self.errors();
        if self.random.chance(40) {
            self.heading(2, &[("变更历史", "Change history"), ("变更历史", "Release notes")]);
            let header = self.texts(&[
                ("变更时间", "Change time"),
                ("变更内容概要", "Summary of changes"),
                ("操作", "Operation"),
            ]);
            let row = self.texts(&[
                ("2024-05-06", "2024-05-06"),
                ("新增错误码", "The error codes were changed."),
                ("查看", "View"),
            ]);
            self.table(&header, &[row]);
        }
    }

    fn authorization(&mut self) {
        if self.random.chance(20) {
            return;
        }
        self.heading(2, &[("授权信息", "Authorization information"), ("授权信息", "RAM authorization")]);
        if self.random.chance(30) {
            self.say("本接口没有授权信息。", "The operation has no authorization information.");
            return;
        }
        self.say(
            "下表列出策略中可以使用的操作。\n\n-   操作：权限的名称。\n-   资源类型：可以授权的资源。",
            "The table shows what a policy can allow.\n\n-   Action: the name of the permission.\n-   Resource type: \
             what it is about.",
        );
        let header = self.texts(&[
            ("操作", "Action"),
            ("访问级别", "Access level"),
            ("资源类型", "Resource type"),
            ("条件关键字", "Condition key"),
            ("关联操作", "Dependent action"),
        ]);
        let action = format!("{}:{}", self.product.code, self.operation.name);
        let mut row = self.texts(&[
            ("", ""),
            ("Write", "create"),
            ("*全部资源 `*`", "*All Resource `*`"),
            ("无", "None"),
            ("无", "None"),
        ]);
        if let Some(cell) = row.first_mut() {
            *cell = action;
        }
        self.table(&header, &[row]);
    }

    fn parameters(&mut self, fields: &[Field]) {
        if fields.is_empty() {
            self.say("本接口不需要请求参数。", "The operation takes no parameters.");
            return;
        }
        let rows = self.rows(fields, Vec::new());
        let order = self.random.pick(&["ntrde", "ntred", "ntder", "ntprde", "ntrde"]);
        self.fields(&rows, order, true);
    }

    fn elements(&mut self, fields: &[Field]) {
        let answer = match self.layout.form {
            // Pages of the years before begin with the first field as often as with the answer.
            Form::Named if self.random.chance(50) => None,
            _ => Some(Row { kind: "object".to_owned(), ..Row::default() }),
        };
        let rows = self.rows(fields, answer.into_iter().collect());
        let order = self.random.pick(&["ntde", "nted", "ntde"]);
        self.fields(&rows, order, false);
    }

    fn rows(&mut self, fields: &[Field], first: Vec<Row>) -> Vec<Row> {
        let mut rows =
            Rows { form: self.layout.form, language: self.language, random: &mut self.random, rows: first };
        fields.iter().for_each(|field| rows.add(field));
        rows.rows
    }

    /// Writes rows in an order of columns: name, type, position, required, description, example.
    fn fields(&mut self, rows: &[Row], order: &str, request: bool) {
        let name = if request { "Parameter" } else { self.random.pick(&["Element", "Parameter"]) };
        let header: Vec<_> = order.chars().map(|column| self.title(column, name)).collect();
        let values = Values::pick(&mut self.random, self.layout.form != Form::Flat);
        let position = self.random.pick(&["query", "formData", "Query"]);
        let cell = |row: &Row, column| match column {
            'n' => row.name.clone(),
            't' => row.kind.clone(),
            'p' => position.to_owned(),
            'r' => if row.required {
                self.language.choose("是", "Yes")
            } else {
                self.language.choose("否", "No")
            }
            .to_owned(),
            'e' => row.told.example.clone(),
            _ => table::description(&row.told, self.language, values),
        };
        let rows: Vec<Vec<_>> =
            rows.iter().map(|row| order.chars().map(|column| cell(row, column)).collect()).collect();
        self.table(&header, &rows);
    }

    fn title(&self, column: char, name: &str) -> String {
        let title = match column {
            'n' => self.language.choose("名称", name),
            't' => self.language.choose("类型", "Type"),
            'p' => self.language.choose("位置", "Position"),
            'r' => self.language.choose("必填", "Required"),
            'e' => self.language.choose("示例值", "Example"),
            _ => self.language.choose("描述", "Description"),
        };
        title.to_owned()
    }

    fn examples(&mut self, response: &[Field]) {
        let request = self.random.chance(8);
        if !self.layout.sample && !request {
            return;
        }
        self.heading(2, &[("示例", "Examples"), ("示例", "Sample responses")]);
        if request {
            self.say("请求示例", "Sample requests");
            let name = &self.operation.name;
            let _ = write!(self.out, "```\nhttp(s)://[Endpoint]/?Action={name}\n&Format=JSON\n```\n\n");
        }
        if !self.layout.sample {
            return;
        }
        match self.random.below(3) {
            0 => {
                self.heading(3, &[("正常返回示例", "Success response")]);
            }
            1 => self.say("正常返回示例", "Success response"),
            _ => self.say("正常返回示例", "Sample success responses"),
        }
        if self.random.chance(20) {
            self.say("`XML`格式", "`XML` format");
            let xml = sample::xml(&self.operation.name, response, &mut self.random);
            let _ = write!(self.out, "```\n{xml}\n```\n\n");
        }
        self.say("`JSON`格式", "`JSON` format");
        let fence = self.random.pick(&["```", "```json"]);
        let json = sample::json(response, &mut self.random);
        let _ = write!(self.out, "{fence}\n{json}\n```\n\n");
    }

    fn errors(&mut self) {
        self.heading(2, &[("错误码", "Error codes"), ("错误码", "Error Codes")]);
        let order: [usize; 4] = match self.random.below(3) {
            0 => [0, 1, 2, 3],
            1 => [1, 2, 0, 3],
            _ => [1, 0, 2, 3],
        };
        let titles = self.texts(&[
            ("HTTP status code", "HTTP status code"),
            ("错误码", "Error code"),
            ("错误信息", "Error message"),
            ("描述", "Description"),
        ]);
        let ordered =
            |cells: &[String]| order.iter().filter_map(|at| cells.get(*at).cloned()).collect::<Vec<_>>();
        let rows: Vec<_> = ERRORS.iter().map(|row| ordered(&row.map(str::to_owned))).collect();
        self.table(&ordered(&titles), &rows);
        let (product, version) = (&self.product.code, &self.product.version);
        let _ = match self.language {
            Language::English => write!(
                self.out,
                "See [Error Codes](https://api.alibabacloud.com/document/{product}/{version}/errorCode) for more.\n\n"
            ),
            Language::Chinese => write!(
                self.out,
                "更多错误码请见[错误中心](https://api.aliyun.com/document/{product}/{version}/errorCode)。\n\n"
            ),
        };
    }

    /// Writes one of some headings, each in both languages.
    fn heading(&mut self, level: usize, titles: &[(&str, &str)]) {
        if let Some(title) = titles.get(self.random.below(titles.len())) {
            let title = self.language.choose(title.0, title.1);
            let _ = write!(self.out, "{} {title}\n\n", "#".repeat(level));
        }
    }

    fn say(&mut self, chinese: &str, english: &str) {
        let _ = write!(self.out, "{}\n\n", self.language.choose(chinese, english));
    }

    fn texts(&self, texts: &[(&str, &str)]) -> Vec<String> {
        texts.iter().map(|text| self.language.choose(text.0, text.1).to_owned()).collect()
    }

    fn table(&mut self, header: &[String], rows: &[Vec<String>]) {
        let table = Table { header, rows };
        if self.is_copied {
            table.as_paragraphs(&mut self.out);
        } else {
            table.as_table(&mut self.out);
        }
    }
}
