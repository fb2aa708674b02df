//! The generated server against the same service written by hand in plain axum: requests a second, latency,
//! and memory for each connection.
//!
//! ```console
//! $ cargo run --release --manifest-path benches/server/Cargo.toml
//! ```
//!
//! Each server is a process of its own. Rounds alternate between them, so that whatever else the machine does
//! falls on both. The figures that count are the medians of the ratios of the rounds; on a busy machine that of
//! the work, the time on a processor that a request costs the server.

mod by_hand;
mod generated;
mod load;
mod process;

use load::{Load, Measured};
use process::Server;
use std::time::Duration;

const ROUNDS: usize = 61;
const ROUND: Duration = Duration::from_millis(500);
const CONNECTIONS: usize = 32;
const IDLE_CONNECTIONS: usize = 2_000;
const MEMORY_ROUNDS: usize = 9;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("generated") => process::serve(generated::app()).await,
        Some("by-hand") => process::serve(by_hand::app()).await,
        _ => {
            compare_speed(&Load::GET).await?;
            compare_speed(&Load::CREATE).await?;
            compare_memory().await
        }
    }
}

async fn compare_memory() -> std::io::Result<()> {
    println!("memory for each of {IDLE_CONNECTIONS} connections that were used once");
    for kind in ["generated", "by-hand"] {
        let mut bytes = Vec::new();
        for _ in 0..MEMORY_ROUNDS {
            bytes.push(load::memory_of_connections(&Server::start(kind)?, IDLE_CONNECTIONS).await? as f64);
        }
        println!("  {kind:9} {:.0} bytes", median(bytes));
    }
    Ok(())
}

async fn compare_speed(load: &Load) -> std::io::Result<()> {
    println!("{}", load.name);
    let generated = Server::start("generated")?;
    let by_hand = Server::start("by-hand")?;
    for server in [&generated, &by_hand] {
        load.run(server, CONNECTIONS, ROUND).await?;
    }
    let mut rounds = Vec::new();
    for round in 0..ROUNDS {
        // Who goes first takes turns too.
        let mut servers = [(&generated, true), (&by_hand, false)];
        servers.rotate_left(round % 2);
        let mut pair = [Measured::default(); 2];
        for (server, is_generated) in servers {
            pair[usize::from(!is_generated)] = load.run(server, CONNECTIONS, ROUND).await?;
        }
        rounds.push(pair);
    }
    for (index, kind) in ["generated", "by-hand"].iter().enumerate() {
        let median = |figure: fn(&Measured) -> f64| median(rounds.iter().map(|pair| figure(&pair[index])).collect());
        println!(
            "  {kind:9} {:7.0} requests/s, {:5.0} µs median, {:5.0} µs 99th percentile, {:5.1} µs of work",
            median(|measured| measured.per_second),
            median(|measured| measured.median),
            median(|measured| measured.percentile_99),
            median(|measured| measured.work),
        );
    }
    let ratios = |figure: fn(&Measured) -> f64| {
        let mut ratios: Vec<f64> = rounds.iter().map(|[one, other]| figure(one) / figure(other)).collect();
        ratios.sort_by(f64::total_cmp);
        format!("{:.3} ({:.3} to {:.3})", ratios[ratios.len() / 2], ratios[0], ratios[ratios.len() - 1])
    };
    println!("  ratio of requests/s {}", ratios(|measured| measured.per_second));
    println!("  ratio of work {}", ratios(|measured| measured.work));
    Ok(())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
