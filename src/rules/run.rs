//! Running the rules over a docset.

use super::marks::Marks;
use super::messages::messages;
use super::representations::Description;
use super::suppression::{self, Suppression};
use super::survey::Survey;
use super::{Check, Levels, RULES, Report, Rule, Scope, collections, find, held, links, urls};
use crate::diagnostic::{Diagnostic, Level, Lint};
use crate::model::Model;
use crate::span::FileId;
use crate::syntax::invisible::characters;
use crate::syntax::{Docset, Page};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// Runs the rules. Findings are sorted by file, place and name, so that their order depends on nothing
/// but the docset.
pub fn check(model: &Model<'_>, levels: &Levels, scope: Scope) -> Vec<Diagnostic> {
    check_linked(model, levels, scope, check_texts(model.docset, levels, scope))
}

/// What the rules find on each page by its text alone. It needs no model, and can be found while the pages are linked.
pub fn check_texts(docset: &Docset, levels: &Levels, scope: Scope) -> Vec<Diagnostic> {
    let plan = Plan::new(levels, scope);
    let look = |mut found: Vec<Diagnostic>, page: &Page| {
        of_text(&plan, page, &mut found);
        found
    };
    docset.pages.par_iter().fold(Vec::new, look).flatten_iter().collect()
}

/// What the rules find, given what they find by the texts alone.
pub fn check_linked(model: &Model<'_>, levels: &Levels, scope: Scope, of_texts: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let plan = Plan::new(levels, scope);
    let mut found = of_texts;
    let survey = look_at_pages(model, &plan, &mut found);
    found.par_extend(linked(model, &plan, &survey));
    sort(&mut found);
    // Several operations of one page look at the same table: what they find there is found once.
    found.dedup_by(|one, other| one.at == other.at && one.lint == other.lint && one.message == other.message);
    drop_consequences(model, &mut found);
    silence(&plan, survey.suppressions, found)
}

/// Takes away what is found of a word only because a character in it cannot be seen: that is the fault.
fn drop_consequences(model: &Model<'_>, found: &mut Vec<Diagnostic>) {
    let lint = &super::invisible_character::RULE.lint;
    // Not the text of each finding is looked at: few pages have such characters.
    let pages: FxHashSet<FileId> =
        found.iter().filter(|finding| finding.lint == lint).map(|finding| finding.at.file).collect();
    found.retain(|finding| {
        let text = || model.docset.text(finding.at);
        let is_consequence = || !text().contains('\n') && characters(text()).next().is_some();
        finding.lint == lint || !pages.contains(&finding.at.file) || !is_consequence()
    });
}

/// What the rules found on each page by its text alone, which need not be found again while the text, the number of the
/// page and the levels stay what they are.
#[derive(Debug, Default)]
pub struct Memory(Vec<Option<Vec<Diagnostic>>>);

impl Memory {
    /// Forgets what was found on a page.
    pub fn forget(&mut self, page: FileId) {
        if let Some(found) = self.0.get_mut(page.index()) {
            *found = None;
        }
    }

    /// Like [`check_texts`], but for what an earlier run found already.
    pub fn check_texts(&mut self, docset: &Docset, levels: &Levels, scope: Scope) -> Vec<Diagnostic> {
        let plan = Plan::new(levels, scope);
        self.0.resize_with(docset.pages.len(), || None);
        let pages = docset.pages.par_iter().zip(&mut self.0);
        let look = |page| {
            let mut found = Vec::new();
            of_text(&plan, page, &mut found);
            found
        };
        pages.flat_map_iter(|(page, found)| found.get_or_insert_with(|| look(page)).iter().cloned()).collect()
    }
}

/// Adds what the rules find on each page with what the model knows of others, and gathers what rules on the docset ask
/// of the pages.
fn look_at_pages<'d>(model: &Model<'d>, plan: &Plan<'_>, found: &mut Vec<Diagnostic>) -> Survey<'d> {
    let is_surveyed = plan.docset.iter().any(|chosen| matches!(chosen.check, Check::Surveyed(_)));
    let look = |(mut found, mut survey): (Vec<Diagnostic>, Survey<'d>), page: &'d Page| {
        of_page(model, plan, page, &mut found);
        if is_surveyed {
            survey.add(model, page);
        }
        survey.add_suppressions(page);
        (found, survey)
    };
    let looked: Vec<_> = model.docset.pages.par_iter().fold(Default::default, look).collect();
    let mut survey = Survey::default();
    for (mut of_some, next) in looked {
        found.append(&mut of_some);
        survey.append(next);
    }
    survey
}

/// What the rules find on operations, on resources, and on the docset as a whole.
fn linked<'r>(
    model: &'r Model<'_>,
    plan: &'r Plan<'_>,
    survey: &'r Survey<'_>,
) -> impl ParallelIterator<Item = Diagnostic> + 'r {
    let operations = model.operations.par_iter().flat_map_iter(|operation| {
        plan.findings(&plan.operations, |check, report| {
            if let Check::Operation(check) = check {
                check(model, operation, report);
            }
        })
    });
    let resources = model.resources.par_iter().flat_map_iter(|resource| {
        plan.findings(&plan.resources, |check, report| {
            if let Check::Resource(check) = check {
                check(model, resource, report);
            }
        })
    });
    let docset = plan.docset.par_iter().flat_map_iter(|chosen| {
        plan.findings(std::slice::from_ref(chosen), |check, report| match check {
            Check::Docset(check) => check(model, report),
            Check::Surveyed(check) => check(model, survey, report),
            _ => {}
        })
    });
    operations.chain(resources).chain(docset)
}

/// A check that runs.
#[derive(Clone, Copy)]
struct Chosen {
    lint: &'static Lint,
    check: Check,
}

/// The checks of a run, by what they look at.
struct Plan<'l> {
    levels: &'l Levels,
    texts: Vec<Chosen>,
    messages: Vec<Chosen>,
    marked: Vec<Chosen>,
    /// The words that the marked pages have.
    marks: Marks,
    pages: Vec<Chosen>,
    links: Vec<Chosen>,
    descriptions: Vec<Chosen>,
    values: Vec<Chosen>,
    collections: Vec<Chosen>,
    requests: Vec<Chosen>,
    operations: Vec<Chosen>,
    resources: Vec<Chosen>,
    docset: Vec<Chosen>,
    suppressions: Vec<Chosen>,
    /// The names of the rules.
    names: FxHashSet<&'static str>,
}

impl<'l> Plan<'l> {
    fn new(levels: &'l Levels, scope: Scope) -> Self {
        let mut plan = Plan {
            levels,
            texts: Vec::new(),
            messages: Vec::new(),
            marked: Vec::new(),
            marks: Marks::new(std::iter::empty()),
            pages: Vec::new(),
            links: Vec::new(),
            descriptions: Vec::new(),
            values: Vec::new(),
            collections: Vec::new(),
            requests: Vec::new(),
            operations: Vec::new(),
            resources: Vec::new(),
            docset: Vec::new(),
            suppressions: Vec::new(),
            names: FxHashSet::default(),
        };
        let takes_part = |rule: &&Rule| rule.scopes.contains(&scope) && levels.runs(&rule.lint);
        for rule in RULES.iter().copied().filter(takes_part) {
            plan.names.insert(rule.lint.name);
            for check in rule.checks.iter().copied() {
                plan.looking_at(check).push(Chosen { lint: &rule.lint, check });
            }
        }
        plan.marks = Marks::new(plan.marked.iter().filter_map(|chosen| match chosen.check {
            Check::Marked(_, word) => Some(word),
            _ => None,
        }));
        plan
    }

    /// Adds what some of the checks find.
    fn run(&self, chosen: &[Chosen], found: &mut Vec<Diagnostic>, mut look: impl FnMut(Check, &mut Report<'_>)) {
        for Chosen { lint, check } in chosen {
            look(*check, &mut Report { lint, levels: self.levels, found, silent: None });
        }
    }

    /// What some of the checks find.
    fn findings(&self, chosen: &[Chosen], look: impl FnMut(Check, &mut Report<'_>)) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        self.run(chosen, &mut found, look);
        found
    }

    fn looking_at(&mut self, check: Check) -> &mut Vec<Chosen> {
        match check {
            Check::Page(_) => &mut self.texts,
            Check::Message(_) => &mut self.messages,
            Check::Marked(..) => &mut self.marked,
            Check::Linked(_) => &mut self.pages,
            Check::Link(_) => &mut self.links,
            Check::Description(_) => &mut self.descriptions,
            Check::Held(_) => &mut self.values,
            Check::Collection(_) => &mut self.collections,
            Check::Request(_) => &mut self.requests,
            Check::Operation(_) => &mut self.operations,
            Check::Resource(_) => &mut self.resources,
            Check::Docset(_) | Check::Surveyed(_) => &mut self.docset,
            Check::Suppression(_) => &mut self.suppressions,
        }
    }
}

/// Adds what the rules find on a page by its text alone.
fn of_text(plan: &Plan<'_>, page: &Page, found: &mut Vec<Diagnostic>) {
    plan.run(&plan.texts, found, |check, report| {
        if let Check::Page(check) = check {
            check(page, report);
        }
    });
    if !plan.messages.is_empty() {
        for example in messages(page) {
            plan.run(&plan.messages, found, |check, report| {
                if let Check::Message(check) = check {
                    check(example, report);
                }
            });
        }
    }
    let words = plan.marks.within(page.source.text());
    if !words.is_empty() {
        plan.run(&plan.marked, found, |check, report| match check {
            Check::Marked(check, word) if words.contains(&word) => check(page, report),
            _ => {}
        });
    }
}

/// What the rules find on a page with what the model knows of others: on all of it, and on each of the things that
/// several of them look at.
fn of_page(model: &Model<'_>, plan: &Plan<'_>, page: &Page, found: &mut Vec<Diagnostic>) {
    plan.run(&plan.pages, found, |check, report| {
        if let Check::Linked(check) = check {
            check(model, page, report);
        }
    });
    if !plan.links.is_empty() {
        links::each(model, page, |lead| {
            plan.run(&plan.links, found, |check, report| {
                if let Check::Link(check) = check {
                    check(model, lead, report);
                }
            });
        });
    }
    if !plan.descriptions.is_empty()
        && let Some(description) = Description::of(model, page)
    {
        plan.run(&plan.descriptions, found, |check, report| {
            if let Check::Description(check) = check {
                check(model, &description, report);
            }
        });
    }
    if !plan.values.is_empty() {
        held::each(model, page, |held| {
            plan.run(&plan.values, found, |check, report| {
                if let Check::Held(check) = check {
                    check(model, held, report);
                }
            });
        });
    }
    if !plan.collections.is_empty() {
        collections::each(page, |collection| {
            plan.run(&plan.collections, found, |check, report| {
                if let Check::Collection(check) = check {
                    check(model, collection, report);
                }
            });
        });
    }
    if !plan.requests.is_empty() {
        urls::compare(model, page, |request, fit| {
            plan.run(&plan.requests, found, |check, report| {
                if let Check::Request(check) = check {
                    check(model, request, fit, report);
                }
            });
        });
    }
}

fn sort(found: &mut [Diagnostic]) {
    found.par_sort_by(|one, other| {
        (one.at, one.lint.name, &one.message).cmp(&(other.at, other.lint.name, &other.message))
    });
}

/// Takes away what the pages silence, and reports the suppressions that silenced nothing. A rule that
/// does not run could find nothing: nothing is said of it.
fn silence(plan: &Plan<'_>, suppressions: Vec<Suppression<'_>>, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut unused = suppression::apply(suppressions, &mut found);
    let runs =
        |rule: &Rule, page| plan.levels.on(&rule.lint, page) != Level::Off && plan.names.contains(rule.lint.name);
    unused.retain(|unused| find(unused.rule).is_none_or(|rule| runs(rule, unused.at.file)));
    let before = found.len();
    for suppression in &unused {
        plan.run(&plan.suppressions, &mut found, |check, report| {
            if let Check::Suppression(check) = check {
                check(suppression, report);
            }
        });
    }
    if found.len() > before {
        sort(&mut found);
    }
    found
}
