package dev.belfry.notifier.emails;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.testing.BelfryClient;
import dev.belfry.viewer.AccountId;

/**
 * What the notifier must have made of the alerts of an account and its orders: a naive
 * look at all that is stored of them, afterwards and all at once.
 *
 * @param orders in the order of the log
 */
record StoredAlerts(List<Version> versions, List<Order> orders) {

	private static final Query<Version> VERSIONS = Query.of("""
			select alert_id, version, rules_version, name, enabled and not deleted as is_on,
			       (condition #>> '{test,value}')::int as above, template ->> 'subject' as subject,
			       array(select r ->> 'email' from jsonb_array_elements(recipients) r) as addresses
			from alert_version where account_id = $1""",
			(row) -> new Version(Rows.number(row, "alert_id"), Rows.get(row, "version", Integer.class),
					Rows.number(row, "rules_version"), Rows.text(row, "name"), Rows.get(row, "is_on", Boolean.class),
					Rows.get(row, "above", Integer.class), Rows.text(row, "subject"),
					Arrays.asList(Rows.get(row, "addresses", String[].class))));

	private static final Query<Order> ORDERS = Query.of("""
			select position, event_id, rules_version, recorded_at, (payload #>> '{order,total}')::int as total
			from platform_event where account_id = $1 order by position""",
			(row) -> new Order(Rows.number(row, "position"), Rows.text(row, "event_id"),
					Rows.number(row, "rules_version"), Rows.get(row, "recorded_at", OffsetDateTime.class).toInstant(),
					Rows.get(row, "total", Integer.class)));

	static StoredAlerts of(AccountDatabase database, AccountId account) {
		return new StoredAlerts(database.all(account, VERSIONS).collectList().block(BelfryClient.TIMEOUT),
				database.all(account, ORDERS).collectList().block(BelfryClient.TIMEOUT));
	}

	/** An alert as it was, on or off, when an order was committed. */
	Optional<Version> inForce(long alertId, Order order) {
		return this.versions.stream()
			.filter((version) -> version.alertId() == alertId && version.rulesVersion() <= order.rulesVersion())
			.max(Comparator.comparing(Version::number));
	}

	/**
	 * The alerts that were on when an order was committed, in the order of their making.
	 */
	List<Version> on(Order order) {
		return this.versions.stream()
			.map(Version::alertId)
			.distinct()
			.sorted()
			.flatMap((alertId) -> inForce(alertId, order).stream())
			.filter(Version::isOn)
			.toList();
	}

	/** Whether an alert was switched off, or ended, after a version. */
	boolean endsAfter(long alertId, int number) {
		return this.versions.stream()
			.anyMatch((version) -> version.alertId() == alertId && version.number() > number && !version.isOn());
	}

	List<Match> matches() {
		return this.orders.stream()
			.flatMap((order) -> on(order).stream()
				.filter((version) -> order.total() > version.above())
				.map((version) -> new Match(version, order)))
			.toList();
	}

	/** The e-mails, as many as there are for a window of some length. */
	List<Told> told(Duration window) {
		Map<Reader, List<Match>> heard = new LinkedHashMap<>();
		matches().forEach((match) -> match.version()
			.addresses()
			.forEach((address) -> heard
				.computeIfAbsent(new Reader(match.version().alertId(), address), (reader) -> new ArrayList<>())
				.add(match)));
		List<Told> told = new ArrayList<>();
		heard.forEach((reader, matches) -> mails(matches, window).forEach((mail) -> told.add(Told.of(reader, mail))));
		return told;
	}

	/** The first at once, then all of a window at its end, as long as there are any. */
	private static List<List<Match>> mails(List<Match> matches, Duration window) {
		List<List<Match>> mails = new ArrayList<>();
		int next = 0;
		while (next < matches.size()) {
			Instant end = matches.get(next).order().recordedAt().plus(window);
			mails.add(matches.subList(next, ++next));
			List<Match> folded = before(end, matches, next);
			while (!folded.isEmpty()) {
				mails.add(folded);
				next += folded.size();
				end = end.plus(window);
				folded = before(end, matches, next);
			}
		}
		return mails;
	}

	private static List<Match> before(Instant end, List<Match> matches, int from) {
		return matches.subList(from, matches.size())
			.stream()
			.takeWhile((match) -> match.order().recordedAt().isBefore(end))
			.toList();
	}

	/**
	 * An alert as it was stored.
	 *
	 * @param above it is about orders whose total is more than this
	 */
	record Version(long alertId, int number, long rulesVersion, String name, boolean isOn, int above, String subject,
			List<String> addresses) {
	}

	/** An order as it was logged. Its number is the id of its event. */
	record Order(long position, String eventId, long rulesVersion, Instant recordedAt, int total) {
	}

	/** An alert and an order that it is about. */
	record Match(Version version, Order order) {

		/** The subject of an e-mail about it alone. */
		String line() {
			return this.version.subject().replace("{{order.number}}", this.order.eventId());
		}

	}

	/** Who hears of an alert. */
	private record Reader(long alertId, String address) {
	}

	/**
	 * An e-mail.
	 *
	 * @param version of the alert, which it says that it is of
	 * @param lines what it says of each order, or of the first of them
	 */
	record Told(long alertId, int version, String address, String subject, List<String> lines) {

		private static Told of(Reader reader, List<Match> matches) {
			List<String> lines = matches.stream().limit(Digests.MOST_LISTED).map(Match::line).toList();
			Version first = matches.get(0).version();
			return new Told(reader.alertId(), first.number(), reader.address(),
					(lines.size() == 1) ? lines.get(0) : matches.size() + " \u00d7 " + first.name(), lines);
		}

	}

}
