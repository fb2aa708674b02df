use super::{Report, faults};
use crate::syntax::Page;
use crate::syntax::construct::ResourceBlock;

rule! {
    /// A JSON representation that is not JSON.
    ///
    /// ## Why
    /// Tools that read the representation see no type at all. This one uses what it could recover.
    ///
    /// ## Example
    /// ````md
    /// ## JSON representation
    ///
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "tenantId": "String",
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## JSON representation
    ///
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "tenantId": "String"
    /// }
    /// ```
    /// ````
    Error, Page(check), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    for (_, block) in page.find::<ResourceBlock>() {
        faults::report(report, page, "the JSON representation", &block.json, faults::Place::Fence);
    }
}
