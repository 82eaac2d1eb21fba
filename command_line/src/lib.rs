//! The command line: what can be asked for, and how it is said. What the commands do is not known here, so that the manual
//! page and the completions of shells are made without building the bot: see `examples/pages.rs`.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

/// What a host looks for next.
const CONFIGURATION: &str = "The configuration is exodus.toml where the program runs; `exodus init` writes a first one. \
     Every key can also be given by the environment, as EXODUS_TELEGRAM_TOKEN.";

/// Mutual aid in circles of trust: a bot that a community runs for itself.
#[derive(Parser)]
#[command(name = "exodus", version, arg_required_else_help = true, after_help = CONFIGURATION)]
pub struct Cli {
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, in the order in which `--help` lists them.
#[derive(Subcommand)]
pub enum Command {
    /// Answer a few questions, and have the configuration written
    Init {
        /// Where to write it, if there is nothing yet
        #[arg(long = "config", value_name = "FILE", default_value = "exodus.toml")]
        file: PathBuf,
        /// The language to ask in [default: that of the system, if it is spoken here]
        #[arg(long, value_name = "CODE")]
        lang: Option<String>,
    },
    /// Run the bot with every messenger that is configured, until SIGTERM or Ctrl-C
    Run {
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Try the whole bot in the terminal, on a database that is thrown away
    Demo {
        /// Play the chat in this file (- is standard input) instead of typing
        #[arg(long, value_name = "FILE")]
        script: Option<PathBuf>,
        /// The language to begin with
        #[arg(long, value_name = "CODE")]
        lang: Option<String>,
        /// Begin with a community of a dozen members
        #[arg(long)]
        seed: bool,
    },
    /// Check the configuration, the database and the messengers, and say what to fix
    Check {
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Bring the database up to date (`run` does it too)
    Migrate {
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Copy all of a database into an empty one of either kind, and compare it row by row
    Copy {
        /// The database that is copied: sqlite://FILE or postgres://USER@HOST/NAME
        #[arg(long, value_name = "URL")]
        from: String,
        /// The one that it is copied to: empty, or not made yet
        #[arg(long, value_name = "URL")]
        to: String,
    },
    /// Set chains of debts off against each other: the solver by itself, without a bot or a database
    Clearing {
        /// What is to be done with a table.
        #[command(subcommand)]
        command: Clearing,
    },
}

/// The commands of the solver.
#[derive(Subcommand)]
pub enum Clearing {
    /// Write what is set off of each debt, with totals on standard error
    Solve {
        /// A table `from,to,amount[,currency[,date]]` (- is standard input)
        #[arg(default_value = "-")]
        table: PathBuf,
        /// Write JSON instead of the same table with one more column
        #[arg(long)]
        json: bool,
        /// Write here what proves that it could not be more
        #[arg(long, value_name = "FILE")]
        certificate: Option<PathBuf>,
    },
    /// Check what `solve` has written, as a table or as JSON, without the solver
    Check {
        /// The table that was solved
        table: PathBuf,
        /// What was written: the table with one more column, or JSON
        solved: PathBuf,
        /// The certificate that was written with it
        certificate: PathBuf,
    },
}

/// Which configuration is meant.
#[derive(clap::Args)]
pub struct ConfigFile {
    /// The configuration [default: exodus.toml, if there is one]
    #[arg(long = "config", value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// What this process was asked for. Whoever asked for help, or for what there is not, gets that and no more: the process
/// ends here.
pub fn asked() -> Cli {
    Cli::parse()
}

/// Ends the process, as it ends for an argument that can't be understood. The argument is not repeated: it may hold a
/// password.
pub fn refuse(argument: &str, why: &str) -> ! {
    Cli::command().error(ErrorKind::ValueValidation, format!("{argument}: {why}")).exit()
}

/// The definition itself, for those who make something of it.
pub fn definition() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_definition_is_sound() {
        super::definition().debug_assert();
    }
}
