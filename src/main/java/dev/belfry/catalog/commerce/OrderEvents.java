package dev.belfry.catalog.commerce;

import java.util.List;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventPersona;
import dev.belfry.catalog.types.EventType;

import static dev.belfry.catalog.types.EventField.list;
import static dev.belfry.catalog.types.EventField.of;
import static dev.belfry.catalog.types.EventField.text;
import static dev.belfry.catalog.types.EventFieldType.BOOLEAN;
import static dev.belfry.catalog.types.EventFieldType.DATE_TIME;
import static dev.belfry.catalog.types.EventFieldType.INTEGER;
import static dev.belfry.catalog.types.EventFieldType.MONEY;

/** What happens to orders. */
final class OrderEvents {

	private static final List<EventField> ORDER = List.of(
			text("order.number", "Order number", "As the channel shows it.").needed(),
			text("order.channel", "Channel", "The shop that it was placed in.").needed(),
			of(DATE_TIME, "order.placedAt", "Placed at", "When the customer placed it."),
			text("order.customer.name", "Customer", "Who ordered."),
			text("order.customer.email", "Customer's e-mail", "The customer's e-mail address."),
			text("order.customer.phone", "Customer's phone", "How to call the customer."),
			text("order.shipping.method", "Shipping method", "As the customer chose it."),
			text("order.shipping.name", "Ship to", "Who receives it."),
			text("order.shipping.company", "Company", "The company that receives it."),
			text("order.shipping.line1", "Address", "Street and number."),
			text("order.shipping.line2", "Address, second line", "What else the carrier needs."),
			text("order.shipping.city", "City", "Where it goes."),
			text("order.shipping.region", "State or region", "For example `TX`."),
			text("order.shipping.postalCode", "Postal code", "As the country writes it."),
			text("order.shipping.country", "Shipping country", "An ISO 3166 code of two letters, for example `US`.")
				.needed(),
			text("order.currency", "Currency", "An ISO 4217 code, for example `USD`.").needed(),
			of(MONEY, "order.subtotal", "Subtotal", "All lines, before shipping, tax and discount."),
			of(MONEY, "order.discount", "Discount", "What was taken off."),
			of(MONEY, "order.shippingCost", "Shipping cost", "What the customer pays for shipping."),
			of(MONEY, "order.tax", "Tax", "All taxes."),
			of(MONEY, "order.total", "Order total", "What the customer pays.").needed(),
			of(INTEGER, "order.itemCount", "Items", "How many pieces, over all lines."),
			text("order.note", "Note", "What the customer wrote."),
			list("order.lines", "Lines", "What was ordered.", text("sku", "SKU", "The product's number.").needed(),
					text("title", "Title", "The product's name.").needed(),
					of(INTEGER, "quantity", "Quantity", "How many pieces.").needed(),
					of(MONEY, "price", "Price", "Of one piece.").needed(),
					text("source", "Source", "Where it would come from."))
				.needed());

	private static final List<EventPersona> PERSONAS = List.of(People.OWNER, People.B2B_USER, People.RESELLER);

	private static final String ORDER_SAMPLE = """
			"order": {
			  "number": "NW-10482", "channel": "Northwind Web Shop", "placedAt": "2026-03-01T14:02:11Z",
			  "customer": { "name": "Élodie Martin", "email": "elodie.martin@example.com", "phone": "+33 1 70 18 99 00" },
			  "shipping": { "method": "Standard", "name": "Élodie Martin", "company": "Atelier Martin", "line1": "14 rue des Lilas",
			    "line2": "Bâtiment B", "city": "Lyon", "region": "Auvergne-Rhône-Alpes", "postalCode": "69003", "country": "FR" },
			  "currency": "USD", "subtotal": 183.5, "discount": 10, "shippingCost": 24.9, "tax": 0, "total": 198.4, "itemCount": 5,
			  "note": "Please ring twice.",
			  "lines": [
			    { "sku": "CP-10482", "title": "Cedar Planter, large", "quantity": 2, "price": 64, "source": "Cedar & Pine Wholesale" },
			    { "sku": "AS-2207", "title": "Enamel Camping Mug", "quantity": 3, "price": 18.5, "source": "Alpine Supply" }
			  ]""";

	private static final String BUYERS_SAMPLE = """
			"b2bUser": { "name": "Sam Ortiz", "email": "sam.ortiz@greenhouse.example" },
			"reseller": { "name": "Greenhouse Trading", "email": "orders@greenhouse.example" }""";

	static final EventType IMPORTED = EventType.published("ORDER_IMPORTED", "Order Imported",
			"A channel's order has been imported.", EventField.all(ORDER, People.BUYERS), PERSONAS,
			"{" + ORDER_SAMPLE + "}," + BUYERS_SAMPLE + "}");

	static final EventType HELD = EventType.published("ORDER_HELD", "Order Held",
			"An order is on hold until somebody has checked it.",
			EventField.all(ORDER,
					List.of(text("hold.reason", "Hold reason", "Why the order is on hold.").needed()
						.oneOf("WORKFLOW_RULE", "DUPLICATE_ORDER_PROTECTION", "LINE_NOT_MANAGED",
								"NO_QUANTITY_AT_SOURCE", "SOURCE_NOT_IN_ROUTING_GROUP", "SHIPPING_POLICY_NOT_MAPPED"),
							text("hold.explanation", "Explanation", "A note on the hold."),
							of(DATE_TIME, "hold.heldAt", "Held at", "Since when the order is on hold."),
							list("hold.lines", "Lines on hold", "The lines on hold, if it is not the whole order.",
									text("sku", "SKU", "The product's number.").needed(),
									text("title", "Title", "The product's name."),
									text("reason", "Hold reason", "Why this line is on hold."))),
					People.BUYERS),
			PERSONAS,
			"{" + ORDER_SAMPLE + "},"
					+ """
							"hold": { "reason": "NO_QUANTITY_AT_SOURCE", "explanation": "Alpine Supply has 1 piece of AS-2207; 3 were ordered.",
							  "heldAt": "2026-03-01T14:03:40Z",
							  "lines": [ { "sku": "AS-2207", "title": "Enamel Camping Mug", "reason": "NO_QUANTITY_AT_SOURCE" } ] },
							"""
					+ BUYERS_SAMPLE + "}");

	static final EventType ROUTED = EventType
		.published("ORDER_ROUTED", "Order Routed", "It has been decided which sources an order's lines come from.",
				EventField.all(ORDER, List.of(
						of(BOOLEAN, "routing.complete", "Routed completely", "Whether every line has a source.")
							.needed(),
						of(DATE_TIME, "routing.routedAt", "Routed at", "When it was decided."),
						of(INTEGER, "routing.unroutedCount", "Lines without a source", "How many lines have none."),
						list("routing.lines", "Routed lines", "Which source each line comes from.",
								text("sku", "SKU", "The product's number.").needed(),
								text("title", "Title", "The product's name."),
								of(INTEGER, "quantity", "Quantity", "How many pieces.").needed(),
								text("source", "Source", "Where they come from.").needed())
							.needed()),
						People.BUYERS),
				PERSONAS,
				"{" + ORDER_SAMPLE + "},"
						+ """
								"routing": { "complete": true, "routedAt": "2026-03-01T14:05:02Z", "unroutedCount": 0,
								  "lines": [
								    { "sku": "CP-10482", "title": "Cedar Planter, large", "quantity": 2, "source": "Cedar & Pine Wholesale" },
								    { "sku": "AS-2207", "title": "Enamel Camping Mug", "quantity": 3, "source": "Alpine Supply" }
								  ] },
								"""
						+ BUYERS_SAMPLE + "}");

	private OrderEvents() {
	}

}
