package dev.belfry.benchmark.queries;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Session;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.Stream;
import dev.belfry.benchmark.ThreadTimes;
import dev.belfry.benchmark.performance.Figures;
import dev.belfry.benchmark.performance.Figures.Aim;
import dev.belfry.jobs.intake.ScaleFill;

/**
 * Four questions about the log of an account with 200,000 entries among a million, beside
 * PostGraphile on the same tables, which asks for no token.
 */
public final class QueryFigures {

	private static final int CLIENTS = 4;

	private static final int WARM_UP_SECONDS = 25;

	private static final int SECONDS = 6;

	private static final String DATABASE = "million";

	private static final String FIELDS = "operationName integrationName originName outcome summary messageCount "
			+ "startedAt finishedAt recordedAt runId";

	private static final String PAGE = "{ edges { node { %s } } pageInfo { hasNextPage endCursor } }".formatted(FIELDS);

	/** Each asks for the same entries in both. */
	private static final List<Question> QUESTIONS = List.of(
			new Question("newest 25 rows", "first: 25", PAGE, "condition: {accountId: \"1\"}", PAGE),
			new Question("the failed ones of an operation",
					"first: 25, filter: {operations: [\"GET_INVENTORY_PRIMARY\"], outcomes: [FAILED]}", PAGE,
					"condition: {accountId: \"1\", operation: \"GET_INVENTORY_PRIMARY\", outcome: \"FAILED\"}", PAGE),
			new Question("those of a day", "first: 25, filter: {recordedAt: {from: $from, to: $to}}", PAGE,
					"condition: {accountId: \"1\"}, filter: {recordedAt: {greaterThanOrEqualTo: $from, lessThan: $to}}",
					PAGE),
			new Question("a total", "first: 1, filter: {outcomes: [FAILED]}", "{ totalCount }",
					"condition: {accountId: \"1\", outcome: \"FAILED\"}", "{ totalCount }"));

	private QueryFigures() {
	}

	public static void measure(Figures figures) throws Exception {
		try (BenchmarkServer server = BenchmarkServer.start("queries")) {
			new ScaleFill(server, DATABASE, 1_000_000, 1000).run();
			Instant day;
			try (Session session = Session.on(server.database(DATABASE))) {
				// PostGraphile has another nodeId in mind.
				session.run("comment on table bucket is '@omit'", "comment on table worker is '@omit'");
				day = Instant
					.parse(session
						.texts("select to_json(max(recorded_at) at time zone 'UTC') #>> '{}' from job_notification")
						.get(0) + "Z")
					.minus(Duration.ofDays(2));
			}
			try (BelfryJar belfry = BelfryJar.start(server.port(), DATABASE);
					PostgraphileServer peer = PostgraphileServer.start(server.port(), DATABASE)) {
				String token = belfry.token("a1", "u1");
				for (Question question : QUESTIONS) {
					Map<String, Object> variables = Map.of("from", day.toString(), "to",
							day.plus(Duration.ofDays(1)).toString());
					Side ours = new Side(server, belfry.port(), belfry.pid(), question.ofBelfry(token, variables));
					Side theirs = new Side(server, peer.port(), peer.pid(), question.ofPeer(variables));
					compare(figures, question.name(), ours, theirs);
				}
			}
		}
	}

	private static void compare(Figures figures, String name, Side ours, Side theirs)
			throws IOException, InterruptedException {
		ours.ask(WARM_UP_SECONDS);
		theirs.ask(WARM_UP_SECONDS);
		List<Round> rounds = new ArrayList<>();
		List<Round> floors = new ArrayList<>();
		for (int round = 0; round < Figures.ROUNDS; round++) {
			rounds.add(ours.ask(SECONDS));
			floors.add(theirs.ask(SECONDS));
		}
		String peer = "PostGraphile 4";
		figures.row(name + ", 4 clients, a second", Spread.of(rounds, Round::rate), peer,
				Spread.of(floors, Round::rate).median(), Aim.atLeast(1));
		figures.row(name + ", p50 in ms", Spread.of(rounds, Round::p50), peer, Spread.of(floors, Round::p50).median(),
				Aim.atMost(1));
		figures.row(name + ", processor of the server, ms each", Spread.of(rounds, Round::server), peer,
				Spread.of(floors, Round::server).median(), Aim.atMost(1));
		figures.row(name + ", processor of PostgreSQL, ms each", Spread.of(rounds, Round::database), peer,
				Spread.of(floors, Round::database).median(), Aim.atMost(1));
	}

	/**
	 * In two languages.
	 *
	 * @param ours arguments for Belfry
	 * @param theirs arguments for PostGraphile
	 */
	private record Question(String name, String ours, String ourAnswer, String theirs, String theirAnswer) {

		Stream.Request ofBelfry(String token, Map<String, Object> variables) {
			return request(token, "DateTime", variables, "jobNotifications(" + this.ours + ")", this.ourAnswer);
		}

		Stream.Request ofPeer(Map<String, Object> variables) {
			String size = this.theirAnswer.equals(PAGE) ? "first: 25, orderBy: POSITION_DESC, " : "";
			return request("none", "Datetime", variables, "allJobNotifications(" + size + this.theirs + ")",
					this.theirAnswer);
		}

		private Stream.Request request(String token, String type, Map<String, Object> variables, String field,
				String answer) {
			boolean dated = field.contains("$from");
			String head = dated ? "query($from: " + type + ", $to: " + type + ") " : "";
			return new Stream.Request(token, head + "{ " + field + " " + answer + " }", dated ? variables : Map.of());
		}

	}

	/** A server that is asked a question. */
	private record Side(BenchmarkServer database, int port, long pid, Stream.Request request) {

		Round ask(int seconds) throws IOException, InterruptedException {
			long server = ThreadTimes.of(this.pid).work();
			long postgres = this.database.processorMicros();
			Stream.Outcome outcome = Stream.send(this.port, seconds, Stream.of(List.of(this.request), 0, CLIENTS))
				.get(0);
			if (outcome.accepted() < outcome.sent() || outcome.accepted() == 0) {
				throw new IllegalStateException(outcome.toString());
			}
			double each = 1000.0 * outcome.accepted();
			return new Round((double) outcome.accepted() / seconds, outcome.p50(),
					(ThreadTimes.of(this.pid).work() - server) / each,
					(this.database.processorMicros() - postgres) / each);
		}

	}

	/**
	 * How it went.
	 *
	 * @param rate answers a second
	 * @param server milliseconds of the server's processor each
	 * @param database of PostgreSQL's
	 */
	private record Round(double rate, double p50, double server, double database) {
	}

}
