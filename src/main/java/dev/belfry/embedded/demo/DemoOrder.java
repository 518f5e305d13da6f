package dev.belfry.embedded.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.events.intake.NewEvent;
import dev.belfry.events.intake.Payloads;

import dev.belfry.input.InputErrors;
import dev.belfry.jobs.intake.JobCompletion.IntegrationRef;
import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.values.JsonValues;

/**
 * An order of the demo as its channel reports it. Some ship abroad, and some were placed
 * by a buyer of a reseller. The same seed makes the same order.
 */
final class DemoOrder {

	static final EventType IMPORTED = EventTypes.named("ORDER_IMPORTED");

	private static final List<Customer> CUSTOMERS = List.of(
			new Customer("Grace Hollis", "418 Juniper Street", "Boise", "83702", "US"),
			new Customer("Marcus Bell", "2207 Lakeview Drive", "Madison", "53703", "US"),
			new Customer("Priya Raman", "95 Alder Court", "Portland", "97205", "US"),
			new Customer("Owen Fitzgerald", "1310 Harbor Road", "Duluth", "55802", "US"),
			new Customer("Nora Castillo", "64 Mesa Verde Lane", "Santa Fe", "87501", "US"),
			new Customer("Élodie Martin", "14 rue des Lilas", "Lyon", "69003", "FR"),
			new Customer("Kenji Mori", "3-7-12 Minato", "Nagoya", "455-0032", "JP"),
			new Customer("Ingrid Solberg", "Strandgaten 21", "Bergen", "5013", "NO"));

	private static final List<Product> PRODUCTS = List.of(new Product("1042", "Storm Lantern", "79.90"),
			new Product("2207", "Enamel Mug", "18.50"), new Product("3310", "Wool Blanket", "120.00"),
			new Product("4815", "Rope, 30 m", "45.50"), new Product("5126", "Dry Bag, 40 l", "64.00"),
			new Product("6038", "Brass Compass", "215.00"));

	private static final Map<String, Object> BUYER = Map.of("name", "Sam Ortiz", "email",
			"sam.ortiz@greenhouse.example");

	private static final Map<String, Object> RESELLER = Map.of("name", "Greenhouse Trading", "email",
			"orders@greenhouse.example");

	private static final int MOST_LINES = 3;

	private static final int MOST_PIECES = 4;

	private final DemoIntegration channel;

	private final RandomGenerator random;

	DemoOrder(DemoAccount account, long seed) {
		this.random = new SplittableRandom(seed);
		this.channel = any(DemoIntegration.of(account)
			.stream()
			.filter((integration) -> integration.integration().origin().kind() == OriginKind.CHANNEL)
			.toList());
	}

	/** The event about it, checked like any other. */
	NewEvent importedAt(String eventId, Instant time) {
		Map<String, Object> order = order(time);
		Map<String, Object> payload = this.random.nextBoolean()
				? Map.of("order", order, "b2bUser", BUYER, "reseller", RESELLER) : Map.of("order", order);
		return NewEvent.of(eventId, IMPORTED.key(), time,
				Payloads.read(IMPORTED, JsonValues.of(payload), new InputErrors().at("payload")));
	}

	private Map<String, Object> order(Instant time) {
		IntegrationRef integration = this.channel.integration();
		Customer customer = any(CUSTOMERS);
		List<Line> lines = Stream.generate(this::line).limit(1 + this.random.nextInt(MOST_LINES)).toList();
		return Map.of("number", this.channel.skuPrefix() + "-" + this.random.nextInt(10_000, 100_000), "channel",
				integration.origin().name(), "placedAt", time.toString(), "customer", customer.contact(), "shipping",
				customer.shipping(), "currency", "USD", "total",
				lines.stream().map(Line::total).reduce(BigDecimal.ZERO, BigDecimal::add), "itemCount",
				lines.stream().mapToInt(Line::quantity).sum(), "lines",
				lines.stream().map((line) -> line.json(this.channel.skuPrefix())).toList());
	}

	private Line line() {
		return new Line(any(PRODUCTS), 1 + this.random.nextInt(MOST_PIECES));
	}

	private <T> T any(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	/** Who orders, and where it goes. */
	private record Customer(String name, String street, String city, String postalCode, String country) {

		Map<String, Object> contact() {
			String mailbox = this.name.toLowerCase(Locale.ROOT).replace('é', 'e').replace(' ', '.');
			return Map.of("name", this.name, "email", mailbox + "@mail.example");
		}

		Map<String, Object> shipping() {
			return Map.of("name", this.name, "line1", this.street, "city", this.city, "postalCode", this.postalCode,
					"country", this.country);
		}

	}

	/** What can be ordered. */
	private record Product(String number, String title, BigDecimal price) {

		Product(String number, String title, String price) {
			this(number, title, new BigDecimal(price));
		}

	}

	/** How much of what. */
	private record Line(Product product, int quantity) {

		BigDecimal total() {
			return this.product.price().multiply(BigDecimal.valueOf(this.quantity));
		}

		Map<String, Object> json(String skuPrefix) {
			return Map.of("sku", skuPrefix + "-" + this.product.number(), "title", this.product.title(), "quantity",
					this.quantity, "price", this.product.price());
		}

	}

}
