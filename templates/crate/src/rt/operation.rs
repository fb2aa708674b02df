//! What a page says about its operation, as data: for middleware, audit logs and tests.

/// One operation.
#[derive(Debug, Eq, PartialEq)]
pub struct Operation {
    /// Stable name, such as `update_customer`.
    pub id: &'static str,
    /// Title of the page.
    pub title: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Path templates with `{name}` for parameters. A page may list several for one operation,
    /// such as `/me/messages` and `/users/{user-id}/messages`.
    pub paths: &'static [&'static str],
    /// Status codes of success that the page documents.
    pub success: &'static [u16],
    /// Media types that a request body may have; none when the operation takes no body.
    pub consumes: &'static [&'static str],
    /// Names of properties that a request body must have.
    pub required: &'static [&'static str],
    /// `true` when the page says that `Authorization` is required.
    pub auth_required: bool,
    /// What the page's Permissions table says.
    pub permissions: &'static [PermissionRow],
}

/// One row of a Permissions table.
#[derive(Debug, Eq, PartialEq)]
pub struct PermissionRow {
    /// Who the row is about.
    pub kind: PermissionKind,
    /// What lets them in.
    pub permissions: Permissions,
}

/// Who calls.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PermissionKind {
    /// A user signed in with a work or school account.
    DelegatedWork,
    /// A user signed in with a personal account.
    DelegatedPersonal,
    /// An application without a user.
    Application,
}

/// Which permissions let a caller in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Permissions {
    /// Any one of these, from least to most privileged.
    AnyOf(&'static [&'static str]),
    /// The page says "Not supported.".
    NotSupported,
    /// The page does not say. Never to be taken for "anyone may call".
    Unspecified,
}

impl Operation {
    /// Whether a caller of this kind with these granted permissions may call; `None` when the page
    /// does not say.
    pub fn allows(&self, kind: PermissionKind, granted: &[&str]) -> Option<bool> {
        let row = self.permissions.iter().find(|row| row.kind == kind)?;
        match row.permissions {
            Permissions::AnyOf(names) => Some(names.iter().any(|name| granted.contains(name))),
            Permissions::NotSupported => Some(false),
            Permissions::Unspecified => None,
        }
    }
}

/// Writes the data of one operation.
#[doc(hidden)]
#[macro_export]
macro_rules! operation {
    (
        $(#[$meta:meta])*
        pub static $name:ident {
            id: $id:literal,
            title: $title:literal,
            method: $method:literal,
            paths: [$($path:literal),* $(,)?],
            success: [$($success:literal),* $(,)?],
            consumes: [$($consumes:literal),* $(,)?],
            required: [$($required:literal),* $(,)?],
            auth_required: $auth_required:literal,
            permissions: {
                $($kind:ident: $permissions:ident $(($($permission:literal),* $(,)?))?,)*
            },
        }
    ) => {
        $(#[$meta])*
        pub static $name: $crate::rt::Operation = $crate::rt::Operation {
            id: $id,
            title: $title,
            method: $method,
            paths: &[$($path),*],
            success: &[$($success),*],
            consumes: &[$($consumes),*],
            required: &[$($required),*],
            auth_required: $auth_required,
            permissions: &[
                $(
                    $crate::rt::PermissionRow {
                        kind: $crate::rt::PermissionKind::$kind,
                        permissions: $crate::rt::Permissions::$permissions
                            $((&[$($permission),*]))?,
                    },
                )*
            ],
        };
    };
}

/// Writes the list of all operations.
#[doc(hidden)]
#[macro_export]
macro_rules! all_operations {
    ($($operation:ident,)*) => {
        /// Every operation of this crate.
        pub static ALL: &[&$crate::rt::Operation] = &[$(&$operation),*];
    };
}
