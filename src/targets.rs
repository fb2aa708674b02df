//! What is made of the model: one file a target, and the list of them.
//!
//! A target turns the model into artifacts: a path, a template and a view of the model made for that
//! template. Rust decides names, types and order; the template decides layout. To add a target, write
//! its file and its templates, and put its name into the list.

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::span::FileId;
use rayon::prelude::*;

macro_rules! targets {
    ($($file:ident)*) => {
        $(pub mod $file;)*

        /// All targets, in the order in which they write.
        pub static TARGETS: &[&Target] = &[$(&$file::TARGET),*];
    };
}

/// A template that is part of the program: its path under `templates/`, and its text.
macro_rules! template {
    ($path:literal) => {
        $crate::targets::Template {
            path: $path,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/", $path)),
        }
    };
}

targets! {
    openapi
    types
    server
    client
    contract
}

pub mod rust;
pub mod selection;

/// A kind of output.
#[derive(Debug)]
pub struct Target {
    /// The name by which users ask for it.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub summary: &'static str,
    /// Its built-in templates.
    pub templates: &'static [Template],
    /// Adds its artifacts.
    pub artifacts: for<'m> fn(&'m Model<'m>, &'m Settings, &mut Artifacts<'m>),
}

/// A built-in template.
#[derive(Debug)]
pub struct Template {
    /// Its path below the folder of templates.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// What users may say about the output.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The folder of the docset as users write it, for the header of each file.
    pub docset: String,
    /// The name of the generated crate; empty for one made of the name of the docset.
    pub crate_name: String,
    /// The targets of this run.
    pub targets: Vec<&'static str>,
    /// `info` and what else no page says.
    pub openapi: OpenApiSettings,
}

impl Settings {
    /// Whether a target is part of this run.
    pub fn has_target(&self, name: &str) -> bool {
        self.targets.contains(&name)
    }

    /// The name of the generated crate: letters, digits and dashes.
    pub fn crate_name(&self) -> String {
        use heck::ToKebabCase;
        let wanted = if self.crate_name.is_empty() { format!("{}-api", self.docset) } else { self.crate_name.clone() };
        let name: String = wanted.to_kebab_case().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let name = name.trim_matches('-').to_owned();
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            name
        } else {
            format!("api-{name}").trim_end_matches('-').into()
        }
    }

    /// The name of the crate in Rust.
    pub fn crate_module(&self) -> String {
        self.crate_name().replace('-', "_")
    }
}

/// What an OpenAPI document says that no page does.
#[derive(Clone, Debug, Default)]
pub struct OpenApiSettings {
    /// The title of the service.
    pub title: Option<String>,
    /// The version of the interface; SemVer.
    pub version: Option<String>,
    /// What the service is.
    pub description: Option<String>,
    /// The base URLs of the service; the first is the one that the paths are below.
    pub servers: Vec<ServerSettings>,
    /// The name of whom to ask.
    pub contact_name: Option<String>,
    /// Where to ask.
    pub contact_url: Option<String>,
    /// The address to write to.
    pub contact_email: Option<String>,
    /// Where the terms of service stand.
    pub terms_of_service: Option<String>,
    /// Where a person signs in.
    pub authorization_url: Option<String>,
    /// Where tokens are given.
    pub token_url: Option<String>,
    /// Where tokens are renewed.
    pub refresh_url: Option<String>,
    /// Other ways to call any operation than by the permissions of its page, by name.
    pub security_schemes: Vec<(String, openapiv3::SecurityScheme)>,
    /// The name of the terms of use.
    pub licence_name: Option<String>,
    /// Where they stand.
    pub licence_url: Option<String>,
    /// The base URL of the published pages, such as `https://learn.microsoft.com/graph/api`.
    pub docs_url: Option<String>,
    /// Whether only types that an operation leads to are described. Linters find fault with others;
    /// readers look for every type that has a page.
    pub only_reachable: bool,
    /// The version of OpenAPI.
    pub openapi_version: OpenApiVersion,
    /// The format of its files.
    pub format: Format,
    /// Whether it is split into a file a tag and a file a schema.
    pub split: bool,
    /// Whether types that others derive from say how these are told apart. Some generators then take no
    /// other types than those.
    pub discriminators: bool,
    /// What changes the document before it is written, in this order.
    pub overlays: Vec<openapi::overlay::Overlay>,
}

/// A base URL of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerSettings {
    /// The URL.
    pub url: String,
    /// What is there, where somebody says it.
    pub description: Option<String>,
}

/// A version of OpenAPI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OpenApiVersion {
    /// 3.0.3
    #[default]
    V30,
    /// 3.1.0
    V31,
}

impl OpenApiVersion {
    /// All versions, by the names that users write.
    pub const ALL: [(&'static str, OpenApiVersion); 2] = [("3.0", OpenApiVersion::V30), ("3.1", OpenApiVersion::V31)];

    /// As documents say it.
    pub fn number(self) -> &'static str {
        match self {
            OpenApiVersion::V30 => "3.0.3",
            OpenApiVersion::V31 => "3.1.0",
        }
    }
}

/// How an OpenAPI document is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// As YAML.
    #[default]
    Yaml,
    /// As JSON.
    Json,
}

impl Format {
    /// All formats, by the names that users write.
    pub const ALL: [(&'static str, Format); 2] = [("yaml", Format::Yaml), ("json", Format::Json)];

    /// The name that users write, which is the ending of files too.
    pub fn name(self) -> &'static str {
        match self {
            Format::Yaml => "yaml",
            Format::Json => "json",
        }
    }
}

/// Something that a template can be rendered with.
pub trait View: erased_serde::Serialize + Send + Sync {}
impl<T: serde::Serialize + Send + Sync> View for T {}
erased_serde::serialize_trait_object!(View);

/// A file to be made.
pub struct Artifact<'m> {
    /// Its path below the output folder.
    pub path: String,
    /// What stands in it.
    pub content: Content<'m>,
    /// The page it is made from, if it is one.
    pub page: Option<FileId>,
}

/// What stands in an artifact.
pub enum Content<'m> {
    /// A template rendered with a view.
    Rendered {
        /// The path of the template.
        template: &'static str,
        /// What it is rendered with.
        view: Box<dyn View + 'm>,
        /// What the text must stand when templates of the user had a part in it; the error says what is
        /// wrong with it.
        verify: Option<Verify>,
    },
    /// Text as it is.
    Verbatim(std::borrow::Cow<'m, str>),
    /// A file that is part of the program, as it is.
    Copied(&'static Template),
}

/// Tells whether a text is what its file should hold.
pub type Verify = fn(&str) -> Result<(), String>;

/// The artifacts of a run.
#[derive(Default)]
pub struct Artifacts<'m> {
    /// In the order in which the targets added them.
    pub all: Vec<Artifact<'m>>,
    /// What of the settings could not be followed. With an error among them, nothing should be written.
    pub problems: Vec<Diagnostic>,
}

impl<'m> Artifacts<'m> {
    /// Adds a file that a template makes.
    pub fn render(
        &mut self,
        path: impl Into<String>,
        page: Option<FileId>,
        template: &'static str,
        view: impl View + 'm,
    ) {
        let content = Content::Rendered { template, view: Box::new(view), verify: None };
        self.all.push(Artifact { path: path.into(), content, page });
    }

    /// Adds a file that a template makes, and that must stand a test.
    pub fn render_verified(
        &mut self,
        path: impl Into<String>,
        template: &'static str,
        view: impl View + 'm,
        verify: Verify,
    ) {
        let content = Content::Rendered { template, view: Box::new(view), verify: Some(verify) };
        self.all.push(Artifact { path: path.into(), content, page: None });
    }

    /// Adds a file that is part of the program.
    pub fn copy(&mut self, path: impl Into<String>, template: &'static Template) {
        self.all.push(Artifact { path: path.into(), content: Content::Copied(template), page: None });
    }

    /// Adds a file with the given text.
    pub fn verbatim(&mut self, path: impl Into<String>, text: impl Into<std::borrow::Cow<'m, str>>) {
        self.all.push(Artifact { path: path.into(), content: Content::Verbatim(text.into()), page: None });
    }
}

/// The target of this name.
pub fn find(name: &str) -> Option<&'static Target> {
    TARGETS.iter().copied().find(|target| target.name == name)
}

/// The artifacts of some targets, in the order of the targets.
pub fn artifacts<'m>(model: &'m Model<'m>, targets: &[&'static Target], settings: &'m Settings) -> Artifacts<'m> {
    let of_target = |target: &&'static Target| {
        let mut artifacts = Artifacts::default();
        (target.artifacts)(model, settings, &mut artifacts);
        artifacts
    };
    let made: Vec<Artifacts<'m>> = targets.par_iter().map(of_target).collect();
    let mut artifacts = Artifacts::default();
    for one in made {
        artifacts.all.extend(one.all);
        artifacts.problems.extend(one.problems);
    }
    artifacts
}
