package dev.belfry.catalog.commerce;

import java.util.List;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventPersona;
import dev.belfry.catalog.types.EventType;

import static dev.belfry.catalog.types.EventField.list;
import static dev.belfry.catalog.types.EventField.of;
import static dev.belfry.catalog.types.EventField.text;
import static dev.belfry.catalog.types.EventFieldType.DATE_TIME;
import static dev.belfry.catalog.types.EventFieldType.INTEGER;
import static dev.belfry.catalog.types.EventFieldType.MONEY;

/** What sources bill. */
final class InvoiceEvents {

	private static final List<EventField> INVOICE = List.of(
			text("invoice.number", "Invoice number", "As the source gave it.").needed(),
			text("invoice.source", "Source", "Who bills.").needed(),
			text("invoice.purchaseOrder", "Purchase order", "The number that it refers to."),
			text("invoice.orderNumber", "Order number", "The channel's order that it is for."),
			of(DATE_TIME, "invoice.issuedAt", "Issued at", "When the source wrote it."),
			of(DATE_TIME, "invoice.dueAt", "Due at", "Until when it is to be paid."),
			text("invoice.currency", "Currency", "An ISO 4217 code, for example `USD`.").needed());

	private static final List<EventField> AMOUNTS = List.of(of(MONEY, "invoice.goods", "Cost of goods", "All lines."),
			of(MONEY, "invoice.shippingCost", "Shipping cost", "What the source bills for shipping."),
			of(MONEY, "invoice.tax", "Tax", "All taxes."),
			of(MONEY, "invoice.total", "Invoice total", "What is to be paid.").needed());

	private static final EventField LINES = list("invoice.lines", "Lines", "What is billed.",
			text("sku", "SKU", "The product's number.").needed(), text("title", "Title", "The product's name."),
			of(INTEGER, "quantity", "Quantity", "How many pieces.").needed(),
			of(MONEY, "cost", "Cost", "Of one piece.").needed())
		.needed();

	private static final List<EventField> MISMATCH = List.of(
			of(MONEY, "invoice.total", "Invoice total", "What is to be paid."),
			of(MONEY, "invoice.expectedCost", "Expected cost", "What the goods should cost by what was agreed.")
				.needed(),
			of(MONEY, "invoice.invoicedCost", "Invoiced cost", "What the source bills for them.").needed(),
			of(MONEY, "invoice.difference", "Difference", "Invoiced less expected: above zero if too much is billed.")
				.needed(),
			list("invoice.lines", "Lines", "The lines that differ, or all.",
					text("sku", "SKU", "The product's number.").needed(), text("title", "Title", "The product's name."),
					of(INTEGER, "quantity", "Quantity", "How many pieces.").needed(),
					of(MONEY, "expectedCost", "Expected cost", "Of one piece, by what was agreed.").needed(),
					of(MONEY, "invoicedCost", "Invoiced cost", "Of one piece, as billed.").needed(),
					of(MONEY, "difference", "Difference", "Over all pieces of the line.").needed())
				.needed());

	private static final List<EventPersona> PERSONAS = List.of(People.OWNER, People.CONTACT);

	static final EventType IMPORTED = EventType.published("SOURCE_INVOICE_IMPORTED", "Source Invoice Imported",
			"An invoice of a source has been imported.",
			EventField.all(INVOICE, AMOUNTS, List.of(LINES), People.SOURCE_CONTACT), PERSONAS, """
					{ "invoice": { "number": "INV-55810", "source": "Alpine Supply", "purchaseOrder": "PO-7716",
					    "orderNumber": "NW-10482", "issuedAt": "2026-03-03T00:00:00Z", "dueAt": "2026-04-02T00:00:00Z",
					    "currency": "USD", "goods": 27.6, "shippingCost": 6.4, "tax": 0, "total": 34,
					    "lines": [ { "sku": "AS-2207", "title": "Enamel Camping Mug", "quantity": 3, "cost": 9.2 } ] },
					  "sourceContact": { "name": "Mara Lindt", "email": "mara@alpine.example" } }""");

	static final EventType COST_OF_GOODS_MISMATCH = EventType.published("SOURCE_INVOICE_COST_OF_GOODS_MISMATCH",
			"Source Invoice Cost of Goods Mismatch", "A source bills another cost of goods than was agreed.",
			EventField.all(INVOICE, MISMATCH, People.SOURCE_CONTACT), PERSONAS,
			"""
					{ "invoice": { "number": "INV-55811", "source": "Alpine Supply", "purchaseOrder": "PO-7720",
					    "orderNumber": "NW-10490", "issuedAt": "2026-03-03T00:00:00Z", "dueAt": "2026-04-02T00:00:00Z",
					    "currency": "USD", "total": 131.15, "expectedCost": 110.4, "invoicedCost": 124.75, "difference": 14.35,
					    "lines": [
					      { "sku": "AS-2207", "title": "Enamel Camping Mug", "quantity": 7, "expectedCost": 9.2, "invoicedCost": 11.25,
					        "difference": 14.35 },
					      { "sku": "AS-3140", "title": "Folding Saw", "quantity": 4, "expectedCost": 11.5, "invoicedCost": 11.5,
					        "difference": 0 }
					    ] },
					  "sourceContact": { "name": "Mara Lindt", "email": "mara@alpine.example" } }""");

	private InvoiceEvents() {
	}

}
