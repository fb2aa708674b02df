//! A document as files: in YAML or JSON, of OpenAPI 3.0 or 3.1, in one piece or split.

use super::split::{self, Folder, PATHS, RESPONSES, ROOT, SCHEMAS};
use super::tree::{Kind, tree, walk};
use super::{text, version31, yaml};
use crate::targets::{Artifacts, Format, OpenApiSettings, OpenApiVersion, Settings, Verify};
use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What the template of the document sees: each part as YAML or JSON, indented to where it stands.
#[derive(Serialize)]
struct DocumentView {
    /// What says where the file comes from: a comment, or a string of JSON.
    header: String,
    /// The version of OpenAPI.
    openapi: String,
    info: String,
    external_docs: Option<String>,
    servers: String,
    tags: Option<String>,
    paths: Vec<Entry>,
    security_schemes: Option<String>,
    responses: Option<String>,
    schemas: Vec<Entry>,
}

/// What the template of a file with paths sees.
#[derive(Serialize)]
struct PathsView {
    header: String,
    paths: Vec<Entry>,
}

/// What the template of a file with one schema or response sees.
#[derive(Serialize)]
struct ComponentView {
    header: String,
    yaml: String,
}

/// A path or a schema.
#[derive(Serialize)]
struct Entry {
    /// The path or the name.
    name: String,
    /// The same, as YAML or JSON.
    key: String,
    /// What it is, as YAML or JSON.
    yaml: String,
}

/// Adds the files of a document.
pub(super) fn artifacts(document: &OpenAPI, settings: &Settings, out: &mut Artifacts<'_>) {
    let layout = Layout { settings: &settings.openapi, header: header(settings) };
    let components = document.components.clone().unwrap_or_default();
    let format = settings.openapi.format;
    let (document_template, paths_template, component_template) = match format {
        Format::Yaml => ("openapi/openapi.yaml.tera", "openapi/paths.yaml.tera", "openapi/component.yaml.tera"),
        Format::Json => ("openapi/openapi.json.tera", "openapi/paths.json.tera", "openapi/component.json.tera"),
    };
    let path = format!("openapi.{}", format.name());
    if !settings.openapi.split {
        let paths = layout.entries(&document.paths.paths, Kind::PathItem, ROOT, 4);
        let responses = layout.fragment(&components.responses, Kind::Messages, ROOT, 4);
        let schemas = layout.entries(&components.schemas, Kind::Schema, ROOT, 6);
        let view = layout.document(document, &components, paths, responses, schemas);
        out.render_verified(path, document_template, view, layout.verify());
        return;
    }
    let files = split::by_tag(&document.paths.paths);
    let mut references: IndexMap<&String, Value> =
        document.paths.paths.keys().map(|path| (path, Value::Null)).collect();
    for (file, templates) in &files {
        for template in templates {
            references.insert(template, split::path_reference(file, template, format));
        }
    }
    let to_file = |folder: Folder, name: &String| (name.clone(), split::component_reference(folder, name, format));
    let schemas: IndexMap<String, Value> = components.schemas.keys().map(|name| to_file(SCHEMAS, name)).collect();
    let responses: IndexMap<String, Value> = components.responses.keys().map(|name| to_file(RESPONSES, name)).collect();
    let view = layout.document(
        document,
        &components,
        layout.entries(&references, Kind::Other, ROOT, 4),
        layout.fragment(&responses, Kind::Other, ROOT, 4),
        layout.entries(&schemas, Kind::Other, ROOT, 6),
    );
    out.render_verified(path, document_template, view, layout.verify());

    let verify = match format {
        Format::Yaml => read_yaml::<Map<String, Value>>,
        Format::Json => read_json::<Map<String, Value>>,
    };
    let paths_view = |(file, templates): (&String, &Vec<&String>)| {
        let items = templates.iter().map(|template| (*template, &document.paths.paths[*template])).collect();
        let view = PathsView { header: layout.header(), paths: layout.entries(&items, Kind::PathItem, PATHS, 4) };
        (PATHS.file(file, format), view)
    };
    for (path, view) in files.iter().map(paths_view) {
        out.render_verified(path, paths_template, view, verify);
    }
    let schemas = layout.entries(&components.schemas, Kind::Schema, SCHEMAS, 0).into_iter();
    let responses = layout.entries(&components.responses, Kind::Message, RESPONSES, 0).into_iter();
    let files = schemas.map(|entry| (SCHEMAS, entry)).chain(responses.map(|entry| (RESPONSES, entry)));
    for (folder, entry) in files {
        // What marks a file of JSON as ours stands within the braces.
        let yaml = match entry.yaml.strip_prefix("{\n") {
            Some(members) => members.to_owned(),
            None => entry.yaml,
        };
        let view = ComponentView { header: layout.header(), yaml };
        out.render_verified(folder.file(&entry.name, format), component_template, view, verify);
    }
}

fn header(settings: &Settings) -> String {
    let folder = text::clean(&settings.docset);
    format!("Generated by apipage from {folder}. Edit the pages or the templates, not this file.")
}

/// How a document is written.
struct Layout<'s> {
    settings: &'s OpenApiSettings,
    header: String,
}

impl Layout<'_> {
    fn document(
        &self,
        document: &OpenAPI,
        components: &Components,
        paths: Vec<Entry>,
        responses: String,
        schemas: Vec<Entry>,
    ) -> DocumentView {
        let (tags, security_schemes) = (&document.tags, &components.security_schemes);
        DocumentView {
            header: self.header(),
            openapi: match self.settings.openapi_version {
                OpenApiVersion::V30 => document.openapi.clone(),
                OpenApiVersion::V31 => "3.1.0".to_owned(),
            },
            info: self.other(&document.info, 2),
            external_docs: document.external_docs.as_ref().map(|docs| self.other(docs, 2)),
            servers: self.other(&document.servers, 2),
            tags: (!tags.is_empty()).then(|| self.other(tags, 2)),
            paths,
            security_schemes: (!security_schemes.is_empty()).then(|| self.other(security_schemes, 4)),
            responses: (!components.responses.is_empty()).then_some(responses),
            schemas,
        }
    }

    /// The words that mark a file as ours.
    fn header(&self) -> String {
        match self.settings.format {
            Format::Yaml => format!("# {}", self.header),
            Format::Json => Value::from(self.header.as_str()).to_string(),
        }
    }

    fn other(&self, value: &impl Serialize, indent: usize) -> String {
        self.fragment(value, Kind::Other, ROOT, indent)
    }

    fn entries<K: AsRef<str> + Sync, T: Serialize + Sync>(
        &self,
        all: &IndexMap<K, T>,
        kind: Kind,
        folder: Folder,
        indent: usize,
    ) -> Vec<Entry> {
        let entry = |(name, value): (&K, &T)| Entry {
            name: name.as_ref().to_owned(),
            key: match self.settings.format {
                Format::Yaml => yaml::key(name.as_ref()),
                Format::Json => Value::from(name.as_ref()).to_string(),
            },
            yaml: self.fragment(value, kind, folder, indent),
        };
        let all: Vec<(&K, &T)> = all.iter().collect();
        all.into_par_iter().map(entry).collect()
    }

    /// A part for a file in a folder. Of YAML all lines are indented, of JSON those after the first; as JSON has
    /// braces around a document, its keys stand where the values of YAML do.
    fn fragment(&self, value: &impl Serialize, kind: Kind, folder: Folder, indent: usize) -> String {
        let OpenApiSettings { openapi_version, format, split, .. } = *self.settings;
        if openapi_version == OpenApiVersion::V30 && format == Format::Yaml && !split {
            return yaml::fragment(value, indent);
        }
        let mut value = tree(value);
        if kind != Kind::Other {
            walk(&mut value, kind, &mut |kind, object| {
                if openapi_version == OpenApiVersion::V31 && kind == Kind::Schema {
                    version31::raise(object);
                }
                if split {
                    split::point_to_files(object, folder, format);
                }
            });
        }
        match format {
            Format::Yaml => yaml::fragment(&value, indent),
            Format::Json => json(&value, indent),
        }
    }

    fn verify(&self) -> Verify {
        match (self.settings.openapi_version, self.settings.format) {
            (OpenApiVersion::V30, Format::Yaml) => read_yaml::<OpenAPI>,
            (OpenApiVersion::V30, Format::Json) => read_json::<OpenAPI>,
            (OpenApiVersion::V31, Format::Yaml) => read_yaml::<Outline>,
            (OpenApiVersion::V31, Format::Json) => read_json::<Outline>,
        }
    }
}

/// A value as JSON.
fn json(value: &Value, indent: usize) -> String {
    let margin = " ".repeat(indent);
    format!("{value:#}").replace('\n', &format!("\n{margin}"))
}

/// What a document of OpenAPI 3.1 has.
#[derive(Deserialize)]
#[expect(dead_code, reason = "that it is there is all that is asked")]
struct Outline {
    openapi: String,
    info: Map<String, Value>,
    paths: Map<String, Value>,
}

/// Reads a file back, as every tool that takes it will.
fn read_yaml<T: DeserializeOwned>(text: &str) -> Result<(), String> {
    told(serde_yaml::from_str::<T>(text))
}

fn read_json<T: DeserializeOwned>(text: &str) -> Result<(), String> {
    told(serde_json::from_str::<T>(text))
}

fn told<T, E: std::fmt::Display>(read: Result<T, E>) -> Result<(), String> {
    read.map(drop).map_err(|error| format!("what it makes is no OpenAPI document: {error}"))
}
