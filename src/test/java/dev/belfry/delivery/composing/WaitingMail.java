package dev.belfry.delivery.composing;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.BenchmarkAccounts;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.MailSink;
import dev.belfry.benchmark.Session;

/** Belfry's jar with a relay, and e-mails that it is given to send. */
final class WaitingMail implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final JsonMapper JSON = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	private final BelfryJar belfry;

	private final Session session;

	private final MailSink sink;

	private WaitingMail(BelfryJar belfry, Session session, MailSink sink) {
		this.belfry = belfry;
		this.session = session;
		this.sink = sink;
	}

	static WaitingMail start(BenchmarkServer server, MailSink sink, int threads) throws Exception {
		server.createDatabase("mail");
		BelfryJar belfry = BelfryJar.start(server.port(), "mail", List.of(),
				sink.settings("belfry.mail.threads=" + threads));
		Session session = Session.on(server.database("mail"));
		BenchmarkAccounts.create(session, 100);
		return new WaitingMail(belfry, session, sink);
	}

	long pid() {
		return this.belfry.pid();
	}

	/** E-mails a second, from the first that the relay accepts to the last. */
	double drain(int emails) throws Exception {
		this.sink.expect(emails);
		queue(this.session, emails, "'d' || n % 100 || '.example'");
		double rate = this.sink.awaitRate();
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> !this.session.any("select 1 from delivery where state <> 'SENT'"));
		this.session.run("truncate delivery cascade");
		return rate;
	}

	/** As a node would that is not measured: the one that is finds them by looking. */
	static void queue(Session session, int emails, String domain) throws SQLException {
		String sql = """
				insert into delivery (account_id, delivery_id, topic, topic_title, cause_log, cause_position, entries, address,
				  address_key, domain, content, message_id, state, ready, due_at, tried_from, created_at, changed_at)
				select a.account_id, next_ids(a.account_id, 'delivery', 1), 'GLOBAL:ORDER_ON_HOLD', 'Order On Hold', 'JOBS', n, 1,
				  'person-' || n || '@' || d.domain, 'k' || n, d.domain, ?::jsonb, gen_random_uuid() || '@sender.example',
				  'PENDING', true, now(), now(), now(), now()
				from generate_series(1, ?) n cross join lateral (select {domain} as domain) d
				cross join lateral (select min(m.account_id) + n % 100 as account_id from account m) a"""
			.replace("{domain}", domain);
		try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
			statement.setString(1, JSON.writeValueAsString(SpringMailLoop.content()));
			statement.setInt(2, emails);
			statement.execute();
		}
	}

	@Override
	public void close() {
		this.session.close();
		this.belfry.close();
	}

}
