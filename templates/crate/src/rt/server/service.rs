//! Writes the trait of a resource's operations and the functions that serve it.

/// Writes the trait of a resource's operations and the functions that serve it.
///
/// People implement the trait with `async fn`, which makes it impossible to call behind a pointer.
/// A private twin can be: the code around each operation is compiled with it, here and once, and
/// not again in every build of the crate that implements the trait.
#[doc(hidden)]
#[macro_export]
macro_rules! service {
    (
        $(#[$meta:meta])*
        pub trait $service:ident {
            $(
                $(#[$method_meta:meta])*
                fn $method:ident($request:ty) -> $response:ty = $operation:path;
            )*
        }
        $(#[$routes_meta:meta])*
        pub fn $routes:ident;
        $(#[$router_meta:meta])*
        pub fn $router:ident;
    ) => {
        $(#[$meta])*
        pub trait $service: ::std::marker::Send + ::std::marker::Sync + 'static {
            $(
                $(#[$method_meta])*
                fn $method(
                    &self,
                    context: $crate::rt::server::Context,
                    request: $request,
                ) -> impl ::std::future::Future<
                    Output = ::std::result::Result<$response, $crate::rt::error::ApiError>,
                > + ::std::marker::Send {
                    let _ = (context, request);
                    ::std::future::ready(::std::result::Result::Err(
                        $crate::rt::error::ApiError::not_implemented(&$operation),
                    ))
                }
            )*
        }

        /// The trait in a form that can be called behind a pointer.
        trait Twin: ::std::marker::Send + ::std::marker::Sync {
            $(
                fn $method(
                    &self,
                    context: $crate::rt::server::Context,
                    request: $request,
                ) -> $crate::rt::server::BoxFuture<
                    '_,
                    ::std::result::Result<$response, $crate::rt::error::ApiError>,
                >;
            )*
        }

        impl<T: $service> Twin for T {
            $(
                fn $method(
                    &self,
                    context: $crate::rt::server::Context,
                    request: $request,
                ) -> $crate::rt::server::BoxFuture<
                    '_,
                    ::std::result::Result<$response, $crate::rt::error::ApiError>,
                > {
                    ::std::boxed::Box::pin(<T as $service>::$method(self, context, request))
                }
            )*
        }

        $(#[$routes_meta])*
        pub fn $routes<S: $service>(
            service: ::std::sync::Arc<S>,
        ) -> $crate::rt::server::Routes {
            bind(service)
        }

        fn bind(service: ::std::sync::Arc<dyn Twin>) -> $crate::rt::server::Routes {
            let mut routes = $crate::rt::server::Routes::new();
            $(
                let call: $crate::rt::server::private::Call<dyn Twin> =
                    |service, context, incoming| {
                        ::std::boxed::Box::pin(async move {
                            let request = <$request as $crate::rt::server::Receive>::receive(
                                incoming, &context,
                            );
                            let request = request.await?;
                            let outcome = service.$method(context, request);
                            $crate::rt::server::private::answer(outcome).await
                        })
                    };
                routes.add(&$operation, &service, call);
            )*
            routes
        }

        $(#[$router_meta])*
        pub fn $router<S: $service>(
            service: ::std::sync::Arc<S>,
            config: $crate::rt::server::ServerConfig,
        ) -> ::axum::Router {
            $routes(service).into_router(config)
        }
    };
}
