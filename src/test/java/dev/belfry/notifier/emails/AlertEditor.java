package dev.belfry.notifier.emails;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.notifier.entries.TestOrders;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.MailedAccount;
import dev.belfry.testing.Orders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One of several who edit the same alerts by chance, and note when each edit was sent and
 * answered.
 */
final class AlertEditor {

	private static final List<String> NAMES = List.of("ann", "ben", "cid");

	/** That somebody else was quicker. */
	private static final Set<String> LOST_RACES = Set.of("CONFLICT", "NOT_FOUND", "NOT_POSSIBLE");

	/** No two edits put in the same words. */
	private static final AtomicInteger WORDS = new AtomicInteger();

	private final MailedAccount shop;

	private final BelfryClient owner;

	/** The alerts as the editors know them. One that is deleted is replaced. */
	private final AtomicReferenceArray<Known> alerts;

	private final RandomGenerator random;

	private final List<Edit> edits = new ArrayList<>();

	AlertEditor(MailedAccount shop, BelfryClient owner, AtomicReferenceArray<Known> alerts, RandomGenerator random) {
		this.shop = shop;
		this.owner = owner;
		this.alerts = alerts;
		this.random = random;
	}

	List<Edit> edit(int times) {
		for (int i = 0; i < times; i++) {
			edit();
		}
		return this.edits;
	}

	private void edit() {
		int place = this.random.nextInt(this.alerts.length());
		Known known = this.alerts.get(place);
		switch (this.random.nextInt(10)) {
			case 0, 1 -> update(place, known, "condition", condition());
			case 2, 3 -> update(place, known, "recipients", recipients());
			case 4, 5 -> update(place, known, "template", words());
			case 6, 7, 8 -> switchTo(this.random.nextInt(3) > 0, place, known);
			default -> replace(place, known);
		}
	}

	/** Makes the alert of a place, which must be free. */
	void create(int place) {
		run("createAlert", Map.of("name", "Alert " + place, "eventType", Orders.TYPE, "enabled", true, "condition",
				condition(), "template", words(), "recipients", recipients()), place, 0);
	}

	private void update(int place, Known known, String part, Object value) {
		run("updateAlert", Map.of("id", known.id(), "expectedVersion", known.version(), part, value), place,
				known.version());
	}

	private void switchTo(boolean enabled, int place, Known known) {
		Map<String, Object> input = new HashMap<>(Map.of("id", known.id(), "enabled", enabled));
		boolean expects = this.random.nextBoolean();
		if (expects) {
			input.put("expectedVersion", known.version());
		}
		run("setAlertEnabled", input, place, expects ? known.version() : null);
	}

	private void replace(int place, Known known) {
		long sentAt = System.nanoTime();
		Map<String, Object> answer = answer("deleteAlert",
				Map.of("id", known.id(), "expectedVersion", known.version()));
		if (answer.get("deletedAlertId") != null) {
			this.edits.add(new Edit(known.id(), known.version() + 1, true, sentAt, System.nanoTime()));
			create(place);
		}
	}

	/**
	 * Notes what came of an edit.
	 * @param expected the version it was made on top of; null if that is not known
	 */
	@SuppressWarnings("unchecked")
	private void run(String mutation, Map<String, Object> input, int place, @Nullable Integer expected) {
		long sentAt = System.nanoTime();
		Map<String, Object> answer = answer(mutation, input);
		long answeredAt = System.nanoTime();
		if (answer.get("alert") instanceof Map<?, ?> alert) {
			Known now = new Known((String) alert.get("id"), (Integer) alert.get("version"));
			this.alerts.set(place, now);
			if (((List<Object>) answer.get("userErrors")).isEmpty()) {
				this.edits.add(new Edit(now.id(), now.version(), expected != null && now.version() == expected + 1,
						sentAt, answeredAt));
			}
		}
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> answer(String mutation, Map<String, Object> input) {
		ClientGraphQlResponse response = this.owner.run(mutation, Map.of("input", input));
		assertThat(response.getErrors()).isEmpty();
		Map<String, Object> answer = response.field(mutation).getValue();
		assertThat((List<Map<String, Object>>) answer.get("userErrors"))
			.allSatisfy((error) -> assertThat(LOST_RACES).contains((String) error.get("code")));
		return answer;
	}

	private Map<String, Object> condition() {
		return TestOrders.test("order.total", "GREATER", this.random.nextInt(OrderPublisher.MOST_TOTAL));
	}

	private Map<String, Object> words() {
		return Map.of("subject", "Words " + WORDS.incrementAndGet() + ": {{order.number}}", "body", "x");
	}

	private List<Map<String, Object>> recipients() {
		int first = this.random.nextInt(NAMES.size());
		return IntStream.rangeClosed(first, first + this.random.nextInt(2))
			.mapToObj((i) -> this.shop.email(NAMES.get(i % NAMES.size())))
			.toList();
	}

	/** An alert as somebody saw it last. */
	record Known(String id, int version) {
	}

	/**
	 * An edit that was answered.
	 *
	 * @param version of the alert after it
	 * @param made whether that version is known to be of this edit
	 */
	record Edit(String alert, int version, boolean made, long sentAt, long answeredAt) {
	}

}
