package dev.belfry.testing;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.proxy.ProxyConnectionFactory;
import io.r2dbc.proxy.core.QueryExecutionInfo;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * The statements that a node has sent to the database. A node that is started with
 * {@link #PROPERTIES} counts them among its metrics.
 */
public final class CountedStatements {

	/** Nothing is sent but what somebody's doing causes. */
	public static final String[] PROPERTIES = { "spring.main.sources=" + Counting.class.getName(),
			"belfry.live.poll-interval=1h", "belfry.retention.initial-delay=1h", "belfry.notifier.enabled=false",
			"belfry.mail.threads=0", "belfry.mail.watch-interval=1h", "belfry.quotas.share-interval=1h" };

	private static final String METER = "belfry.test.statements";

	private static final Pattern LINE = Pattern.compile("(?m)^belfry_test_statements_total\\{sql=\"(.*)\"} (\\S+)$");

	/** By the beginning of the text. */
	private final Map<String, Long> sent = new TreeMap<>();

	private CountedStatements(Http.Answer metrics) {
		LINE.matcher(metrics.body())
			.results()
			.forEach((line) -> this.sent.put(line.group(1), (long) Double.parseDouble(line.group(2))));
	}

	/** What a node has sent since it was started. */
	public static CountedStatements of(int port) {
		Http.Answer metrics = Http.at(port).token(TestTokens.platform()).get("/actuator/prometheus");
		if (metrics.status() != 200) {
			throw new IllegalStateException("No metrics: " + metrics);
		}
		return new CountedStatements(metrics);
	}

	/** What was sent after others. */
	public CountedStatements since(CountedStatements before) {
		before.sent.forEach((sql, number) -> this.sent.merge(sql, -number, Long::sum));
		this.sent.values().removeIf((number) -> number == 0);
		return this;
	}

	public CountedStatements without(Predicate<String> sql) {
		this.sent.keySet().removeIf(sql);
		return this;
	}

	public long number() {
		return this.sent.values().stream().mapToLong(Long::longValue).sum();
	}

	/** A line for each text. */
	@Override
	public String toString() {
		StringBuilder lines = new StringBuilder();
		this.sent.forEach((sql, number) -> lines.append("%n%8d %s".formatted(number, sql)));
		return lines.toString();
	}

	/** A bean of the node. */
	record Counting(ObjectProvider<MeterRegistry> metrics) implements BeanPostProcessor {

		private static final int LONGEST = 200;

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return !(bean instanceof ConnectionFactory connections) ? bean
					: ProxyConnectionFactory.builder(connections).onBeforeQuery(this::count).build();
		}

		private void count(QueryExecutionInfo execution) {
			execution.getQueries()
				.forEach((query) -> this.metrics.getObject().counter(METER, "sql", text(query.getQuery())).increment());
		}

		private static String text(String sql) {
			String line = sql.strip().replaceAll("[\\s\"\\\\]+", " ");
			return line.substring(0, Math.min(line.length(), LONGEST));
		}

	}

}
