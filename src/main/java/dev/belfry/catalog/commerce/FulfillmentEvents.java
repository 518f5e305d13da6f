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

/** What sources do with orders: requests to fulfil them, and shipments. */
final class FulfillmentEvents {

	/** The order that it is about, in short. */
	private static final List<EventField> ORDER = List.of(
			text("order.number", "Order number", "As the channel shows it.").needed(),
			text("order.channel", "Channel", "The shop that it was placed in."),
			text("order.customer.name", "Customer", "Who ordered."),
			text("order.customer.email", "Customer's e-mail", "The customer's e-mail address."),
			text("order.shipping.country", "Shipping country", "An ISO 3166 code of two letters, for example `US`."));

	private static final List<EventField> REQUEST = List.of(
			text("fulfillmentRequest.number", "Fulfillment request number", "As both sides know it.").needed(),
			text("fulfillmentRequest.source", "Source", "Who is to fulfil it.").needed(),
			text("fulfillmentRequest.purchaseOrder", "Purchase order", "Its number at the source."),
			of(DATE_TIME, "fulfillmentRequest.sentAt", "Sent at", "When the source was asked."),
			text("fulfillmentRequest.currency", "Currency", "An ISO 4217 code, for example `USD`."),
			of(MONEY, "fulfillmentRequest.cost", "Cost", "What the source is to be paid."),
			list("fulfillmentRequest.lines", "Lines", "What is asked for.",
					text("sku", "SKU", "The product's number.").needed(), text("title", "Title", "The product's name."),
					of(INTEGER, "quantity", "Quantity", "How many pieces.").needed(),
					of(MONEY, "cost", "Cost", "Of one piece."))
				.needed());

	private static final List<EventField> REJECTION = List.of(
			text("fulfillmentRequest.reason", "Reason", "Why the source does not fulfil it.").needed(),
			of(DATE_TIME, "fulfillmentRequest.rejectedAt", "Rejected at", "When the source answered."));

	private static final List<EventField> SHIPMENT = List.of(
			text("shipment.number", "Shipment number", "As the source knows it."),
			text("shipment.source", "Source", "Who has shipped.").needed(),
			text("shipment.carrier", "Carrier", "Who carries it, for example `UPS`.").needed(),
			text("shipment.service", "Service", "How it is carried, for example `Ground`."),
			text("shipment.trackingNumber", "Tracking number", "As the carrier gave it.").needed(),
			text("shipment.trackingUrl", "Tracking link", "Where it can be followed."),
			of(DATE_TIME, "shipment.shippedAt", "Shipped at", "When it left."),
			of(BOOLEAN, "shipment.completesOrder", "Completes the order",
					"Whether nothing of the order is left to ship."),
			list("shipment.lines", "Lines", "What is in it.", text("sku", "SKU", "The product's number.").needed(),
					text("title", "Title", "The product's name."),
					of(INTEGER, "quantity", "Quantity", "How many pieces.").needed())
				.needed());

	private static final List<EventPersona> PERSONAS = List.of(People.OWNER, People.B2B_USER, People.RESELLER,
			People.CONTACT);

	private static final String REQUEST_SAMPLE = """
			{ "fulfillmentRequest": { "number": "FR-20931", "source": "Alpine Supply", "purchaseOrder": "PO-7716",
			    "sentAt": "2026-03-01T14:10:00Z", "currency": "USD", "cost": 27.6,
			    "lines": [ { "sku": "AS-2207", "title": "Enamel Camping Mug", "quantity": 3, "cost": 9.2 } ]""";

	private static final String OTHERS_SAMPLE = """
			"order": { "number": "NW-10482", "channel": "Northwind Web Shop",
			  "customer": { "name": "Élodie Martin", "email": "elodie.martin@example.com" }, "shipping": { "country": "FR" } },
			"b2bUser": { "name": "Sam Ortiz", "email": "sam.ortiz@greenhouse.example" },
			"reseller": { "name": "Greenhouse Trading", "email": "orders@greenhouse.example" },
			"sourceContact": { "name": "Mara Lindt", "email": "mara@alpine.example" } }""";

	static final EventType REQUEST_SENT = EventType.published("FULFILLMENT_REQUEST_SENT", "Fulfillment Request Sent",
			"A source has been asked to fulfil lines of an order.",
			EventField.all(REQUEST, ORDER, People.BUYERS, People.SOURCE_CONTACT), PERSONAS,
			REQUEST_SAMPLE + "}," + OTHERS_SAMPLE);

	static final EventType REQUEST_REJECTED = EventType.published("FULFILLMENT_REQUEST_REJECTED",
			"Fulfillment Request Rejected", "A source does not fulfil what it was asked for.",
			EventField.all(REQUEST, REJECTION, ORDER, People.BUYERS, People.SOURCE_CONTACT), PERSONAS,
			REQUEST_SAMPLE + """
					, "reason": "AS-2207 is discontinued.", "rejectedAt": "2026-03-02T08:30:00Z" },
					""" + OTHERS_SAMPLE);

	static final EventType SHIPMENT_RECEIVED = EventType.published("SHIPMENT_RECEIVED", "Shipment Received",
			"A source has reported a shipment.", EventField.all(SHIPMENT, ORDER, People.BUYERS, People.SOURCE_CONTACT),
			PERSONAS,
			"""
					{ "shipment": { "number": "SH-88120", "source": "Alpine Supply", "carrier": "UPS", "service": "Worldwide Saver",
					    "trackingNumber": "1Z999AA10123456784", "trackingUrl": "https://www.ups.com/track?tracknum=1Z999AA10123456784",
					    "shippedAt": "2026-03-02T16:45:00Z", "completesOrder": false,
					    "lines": [ { "sku": "AS-2207", "title": "Enamel Camping Mug", "quantity": 3 } ] },
					"""
					+ OTHERS_SAMPLE);

	private FulfillmentEvents() {
	}

}
