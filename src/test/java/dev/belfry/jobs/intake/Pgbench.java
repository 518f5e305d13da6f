package dev.belfry.jobs.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.belfry.benchmark.BenchmarkAccounts;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Session;
import dev.belfry.jobs.intake.IntakeBatches.Load;
import dev.belfry.testing.Programs;

/** The floor of intake: {@code pgbench} calling the same function of the database. */
final class Pgbench {

	private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

	private static final String SCRIPT = """
			select r.* from benchmark_batch b cross join lateral record_job_completions(b.account_id, b.batch) r
			where b.n = (select nextval('benchmark_next'));
			""";

	private final BenchmarkServer server;

	private final Session session;

	private final IntakeBatches batches;

	/**
	 * Makes accounts, and a table for batches, in a new database of Belfry's.
	 */
	Pgbench(BenchmarkServer server, Session session, IntakeBatches batches, int accounts) {
		this.server = server;
		this.session = session;
		this.batches = batches;
		BenchmarkAccounts.create(session, accounts);
		session.run("create sequence benchmark_next",
				"create table benchmark_batch (n bigint, account_id bigint, batch json)",
				"alter table benchmark_batch alter column batch set storage external",
				"create unique index on benchmark_batch (n)");
	}

	/**
	 * Completions a second, without the time that connecting takes, which pgbench
	 * measures apart.
	 */
	double rate(Load load) throws IOException, InterruptedException, SQLException {
		this.batches.writeTable(load, this.session);
		long before = recorded();
		Path script = Files.createTempFile("belfry-script", ".sql");
		Files.writeString(script, SCRIPT);
		String answer = Programs.run(List.of(System.getProperty("belfry.benchmark.pgbench", "pgbench"), "-h",
				"localhost", "-p", Integer.toString(this.server.port()), "-U", "postgres", "-n", "-M", "prepared", "-c",
				Integer.toString(load.clients()), "-j", "2", "-t", Integer.toString(load.batches() / load.clients()),
				"-f", script.toString(), "intake"));
		Files.delete(script);
		Matcher rate = RATE.matcher(answer);
		if (!rate.find() || recorded() - before != load.completions()) {
			throw new IllegalStateException(answer);
		}
		return Double.parseDouble(rate.group(1)) * load.size();
	}

	private long recorded() {
		return Long.parseLong(this.session.texts("select sum(job_position) from account_log").get(0));
	}

}
