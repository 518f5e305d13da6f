package dev.belfry.notifier.reader;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says by the written rules alone what should have come of all that was logged. It shares
 * no code with the real notifier, and knows the conditions and recipients of
 * {@link RandomAlerts} only.
 */
final class NaiveNotifier {

	/** The toggles that are tried, by what they tell of. */
	static final Map<String, String> TOGGLES = Map.of("PRICE_UPDATED", "PRODUCT_PRICE_CHANGED", "ORDER_HELD",
			"ORDER_ON_HOLD", "FAILED", "JOB_FAILED", "COMPLETED_WITH_ERRORS", "JOB_COMPLETED_WITH_ERRORS");

	private final Duration window;

	private final TreeMap<Long, JsonNode> settings;

	private final Map<Long, TreeMap<Long, Version>> alerts;

	private final Map<String, List<Heard>> heard = new HashMap<>();

	private final Map<String, String> evaluations = new TreeMap<>();

	/**
	 * Of all that was logged, with all versions of settings and alerts.
	 * @param settings by the rules versions that they began with
	 */
	NaiveNotifier(Duration window, TreeMap<Long, JsonNode> settings, List<Version> alerts, List<Logged> logged) {
		this.window = window;
		this.settings = settings;
		this.alerts = alerts.stream()
			.collect(Collectors.groupingBy(Version::alertId,
					Collectors.toMap(Version::rulesVersion, Function.identity(), (one, other) -> other, TreeMap::new)));
		logged.forEach((entry) -> {
			hearOfToggles(entry);
			this.alerts.values().forEach((versions) -> evaluate(versions, entry));
		});
	}

	/** The e-mails to each recipient, in their order. */
	Map<String, List<Mail>> mails() {
		Map<String, List<Mail>> mails = new TreeMap<>();
		this.heard.forEach((recipient, all) -> mails.put(recipient, mails(all)));
		return mails;
	}

	/** What came of alerts, by the alert and the entry. */
	Map<String, String> evaluations() {
		return this.evaluations;
	}

	/**
	 * Whether an alert was off at any time since this one, at which an e-mail was queued.
	 */
	boolean isCancelled(long alertId, Instant queuedAt) {
		List<Version> versions = List.copyOf(this.alerts.get(alertId).values());
		for (int i = 0; i < versions.size(); i++) {
			boolean wasOver = i + 1 < versions.size() && !versions.get(i + 1).changedAt().isAfter(queuedAt);
			if (!wasOver && !versions.get(i).on()) {
				return true;
			}
		}
		return false;
	}

	private void hearOfToggles(Logged entry) {
		String type = TOGGLES.get(entry.kind());
		Map.Entry<Long, JsonNode> inForce = this.settings.floorEntry(entry.rulesVersion());
		if (type != null && inForce != null) {
			addressees(inForce.getValue(), type).forEach((address) -> hear("GLOBAL:" + type, address, entry, null));
		}
	}

	private static List<String> addressees(JsonNode settings, String type) {
		JsonNode toggle = settings.path("toggles").path(type);
		if (!toggle.path("enabled").asBoolean(false)) {
			return List.of();
		}
		List<String> overrides = new ArrayList<>();
		toggle.path("overrideEmails").forEach((address) -> overrides.add(address.asString()));
		return overrides.isEmpty() ? List.of(settings.path("default").asString()) : overrides;
	}

	private void evaluate(TreeMap<Long, Version> versions, Logged entry) {
		Map.Entry<Long, Version> inForce = versions.floorEntry(entry.rulesVersion());
		if (inForce == null || !inForce.getValue().on() || !inForce.getValue().type().equals(entry.type())) {
			return;
		}
		Version alert = inForce.getValue();
		String what = alert.topic() + " " + entry.log() + " " + entry.position();
		try {
			if (matches(alert.condition(), entry.payload())) {
				List<@Nullable String> found = alert.recipients()
					.valueStream()
					.flatMap((each) -> found(each, entry))
					.toList();
				Collection<String> addresses = eachOnce(found);
				addresses.forEach((address) -> hear(alert.topic(), address, entry, alert));
				this.evaluations.put(what, "version " + alert.version() + " tells " + addresses.size() + ", not "
						+ found.stream().filter(Objects::isNull).count());
			}
		}
		catch (ArithmeticException failure) {
			this.evaluations.put(what, "version " + alert.version() + " fails");
		}
	}

	private static boolean matches(@Nullable JsonNode condition, JsonNode payload) {
		if (condition == null) {
			return true;
		}
		if (condition.has("cel")) {
			return 1 / payload.at("/order/itemCount").asInt() > 0;
		}
		return switch (condition.at("/test/field").asString()) {
			case "order.shipping.country" -> !payload.at("/order/shipping/country").asString().equals("US");
			case "product.newPrice" -> payload.at("/product/newPrice").asDouble() > 20;
			default -> payload.at("/job/outcome").asString().equals("FAILED");
		};
	}

	/** The addresses of a recipient; null for one that it does not have. */
	private static Stream<@Nullable String> found(JsonNode recipient, Logged entry) {
		if (recipient.has("listId")) {
			return RandomAlerts.LIST.stream();
		}
		return Stream.of(recipient.has("email") ? recipient.path("email").asString()
				: recipient.path("persona").asString().equals("ACCOUNT_OWNER") ? RandomAlerts.OWNER : buyer(entry));
	}

	private static @Nullable String buyer(Logged entry) {
		String address = entry.payload().at("/b2bUser/email").asString("");
		return address.contains("@") ? address : null;
	}

	private static Collection<String> eachOnce(List<@Nullable String> addresses) {
		Map<String, String> once = new LinkedHashMap<>();
		addresses.stream().filter(Objects::nonNull).forEach((address) -> once.put(key(address), address));
		return once.keySet();
	}

	private void hear(String topic, String address, Logged entry, @Nullable Version alert) {
		this.heard.computeIfAbsent(topic + " " + key(address), (key) -> new ArrayList<>())
			.add(new Heard(entry.recordedAt(), alert));
	}

	/** The same for all spellings. */
	static String key(String address) {
		return address.toLowerCase(Locale.ROOT);
	}

	/** The first at once, then all of a window at its end, as long as there are any. */
	private List<Mail> mails(List<Heard> all) {
		List<Mail> mails = new ArrayList<>();
		int next = 0;
		while (next < all.size()) {
			Instant end = all.get(next).at().plus(this.window);
			mails.add(all.get(next++).mail(1));
			int folded = before(end, all, next);
			while (folded > 0) {
				mails.add(all.get(next).mail(folded));
				next += folded;
				end = end.plus(this.window);
				folded = before(end, all, next);
			}
		}
		return mails;
	}

	private static int before(Instant end, List<Heard> all, int from) {
		return (int) all.subList(from, all.size()).stream().takeWhile((heard) -> heard.at().isBefore(end)).count();
	}

	/**
	 * An entry of a log.
	 *
	 * @param kind the type of an event, the outcome of a completion
	 */
	record Logged(String log, long position, String type, String kind, Instant recordedAt, long rulesVersion,
			JsonNode payload) {
	}

	/** An alert from one change to the next. */
	record Version(long alertId, int version, long rulesVersion, String type, boolean on, @Nullable JsonNode condition,
			String name, String subject, JsonNode recipients, Instant changedAt) {

		String topic() {
			return "ALERT:" + this.alertId;
		}

	}

	/**
	 * An e-mail.
	 *
	 * @param entries how many entries it tells of
	 * @param version of the alert that the first of them matched; null if it is a
	 * toggle's
	 * @param subject null likewise
	 */
	record Mail(int entries, @Nullable Integer version, @Nullable String subject) {
	}

	/**
	 * When a recipient is to hear of an entry, and by which version of an alert, if any.
	 */
	private record Heard(Instant at, @Nullable Version alert) {

		Mail mail(int entries) {
			return (this.alert == null) ? new Mail(entries, null, null) : new Mail(entries, this.alert.version(),
					(entries == 1) ? this.alert.subject() : entries + " \u00d7 " + this.alert.name());
		}

	}

}
