//! Which types hold themselves, directly or by way of others, and so must be boxed.

use crate::model::{Item, Model, ResourceId};

/// The groups of types that hold each other without a collection or an enum between.
#[derive(Debug)]
pub struct Cycles {
    group: Vec<u32>,
}

impl Cycles {
    /// Finds the strongly connected components of the graph of types, by Kosaraju's algorithm with
    /// stacks of its own: chains of types are long.
    pub fn of(model: &Model<'_>, is_poly: impl Fn(ResourceId) -> bool) -> Self {
        let held = |id: ResourceId| -> Vec<u32> {
            let properties = model.all_properties(id).into_iter().filter(|property| !property.of.collection);
            properties
                .filter_map(|property| match property.of.of {
                    Item::Resource(held) if !is_poly(held) => Some(held.0),
                    _ => None,
                })
                .collect()
        };
        let edges: Vec<Vec<u32>> = (0..model.resources.len()).map(|index| held(ResourceId(index as u32))).collect();
        let mut reversed: Vec<Vec<u32>> = vec![Vec::new(); edges.len()];
        for (from, targets) in edges.iter().enumerate() {
            for target in targets {
                reversed[*target as usize].push(from as u32);
            }
        }
        let mut group = vec![u32::MAX; edges.len()];
        for start in finishing_order(&edges).into_iter().rev() {
            let mut open = vec![start];
            while let Some(node) = open.pop() {
                if group[node as usize] == u32::MAX {
                    group[node as usize] = start;
                    open.extend(&reversed[node as usize]);
                }
            }
        }
        Cycles { group }
    }

    /// Whether each of the two holds the other. A type that is in no cycle is alone, and holds itself
    /// only if a property says so, which is when this is asked.
    pub fn same(&self, one: ResourceId, other: ResourceId) -> bool {
        self.group[one.0 as usize] == self.group[other.0 as usize]
    }
}

/// The nodes in the order in which a depth-first search leaves them.
fn finishing_order(edges: &[Vec<u32>]) -> Vec<u32> {
    let mut order = Vec::with_capacity(edges.len());
    let mut seen = vec![false; edges.len()];
    for start in 0..edges.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut open = vec![(start as u32, 0)];
        while let Some((node, next)) = open.last_mut() {
            match edges[*node as usize].get(*next) {
                Some(target) => {
                    *next += 1;
                    if !std::mem::replace(&mut seen[*target as usize], true) {
                        open.push((*target, 0));
                    }
                }
                None => {
                    order.push(*node);
                    open.pop();
                }
            }
        }
    }
    order
}
