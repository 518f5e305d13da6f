package dev.belfry.catalog.commerce;

import java.util.List;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventPersona;
import dev.belfry.catalog.types.EventType;

import static dev.belfry.catalog.types.EventField.list;
import static dev.belfry.catalog.types.EventField.of;
import static dev.belfry.catalog.types.EventField.text;
import static dev.belfry.catalog.types.EventFieldType.DATE_TIME;
import static dev.belfry.catalog.types.EventFieldType.DECIMAL;
import static dev.belfry.catalog.types.EventFieldType.INTEGER;
import static dev.belfry.catalog.types.EventFieldType.MONEY;

/** What happens to products, their prices and their quantities. */
final class ProductEvents {

	private static final List<EventField> INVENTORY = List.of(
			text("inventory.source", "Source", "Where the goods come from.").needed(),
			text("inventory.integration", "Integration", "The connection that they came over."),
			of(DATE_TIME, "inventory.importedAt", "Imported at", "When the import ended."),
			of(INTEGER, "inventory.imported", "Products imported", "How many were read.").needed(),
			of(INTEGER, "inventory.updated", "Products updated", "How many of them have changed."),
			of(INTEGER, "inventory.new", "New products", "How many of them came for the first time.").needed(),
			of(INTEGER, "inventory.archived", "Products archived", "How many the source no longer has."),
			of(INTEGER, "inventory.failed", "Products failed", "How many could not be read."),
			list("inventory.newProducts", "New products in detail", "Some of the new products, or all.",
					text("sku", "SKU", "The product's number.").needed(),
					text("title", "Title", "The product's name.").needed(),
					of(INTEGER, "quantity", "Quantity", "How many pieces the source has.")));

	private static final List<EventField> PRODUCT = List.of(
			text("product.sku", "SKU", "The product's number.").needed(),
			text("product.title", "Title", "The product's name.").needed(),
			text("product.source", "Source", "Where it comes from."),
			text("product.channel", "Channel", "Where it is sold, if it is about one channel."));

	private static final List<EventField> PRICE = List.of(
			text("product.currency", "Currency", "An ISO 4217 code, for example `USD`.").needed(),
			of(MONEY, "product.oldPrice", "Old price", "Before the change.").needed(),
			of(MONEY, "product.newPrice", "New price", "After the change.").needed(),
			of(DECIMAL, "product.changePercent", "Change in percent", "Below zero if it is cheaper now."));

	private static final List<EventField> QUANTITY = List.of(
			of(INTEGER, "product.oldQuantity", "Old quantity", "Before the change.").needed(),
			of(INTEGER, "product.newQuantity", "New quantity", "After the change; 0 is out of stock.").needed());

	private static final List<EventPersona> PERSONAS = List.of(People.OWNER, People.CONTACT);

	private static final String CONTACT_SAMPLE = """
			"sourceContact": { "name": "Mara Lindt", "email": "mara@alpine.example" } }""";

	static final EventType INVENTORY_IMPORTED = EventType.published("INVENTORY_IMPORTED", "Inventory Imported",
			"A source's products have been read.", EventField.all(INVENTORY, People.SOURCE_CONTACT), PERSONAS,
			"""
					{ "inventory": { "source": "Alpine Supply", "integration": "Alpine EDI", "importedAt": "2026-03-01T06:00:42Z",
					    "imported": 1204, "updated": 318, "new": 2, "archived": 5, "failed": 0,
					    "newProducts": [
					      { "sku": "AS-3140", "title": "Folding Saw", "quantity": 120 },
					      { "sku": "AS-3141", "title": "Folding Saw, replacement blade", "quantity": 400 }
					    ] },
					"""
					+ CONTACT_SAMPLE);

	static final EventType PRICE_UPDATED = EventType.published("PRICE_UPDATED", "Price Updated",
			"The price of a product has changed.", EventField.all(PRODUCT, PRICE, People.SOURCE_CONTACT), PERSONAS, """
					{ "product": { "sku": "AS-2207", "title": "Enamel Camping Mug", "source": "Alpine Supply",
					    "channel": "Northwind Web Shop", "currency": "USD", "oldPrice": 18.5, "newPrice": 21.9,
					    "changePercent": 18.38 },
					""" + CONTACT_SAMPLE);

	static final EventType QUANTITY_UPDATED = EventType.published("QUANTITY_UPDATED", "Quantity Updated",
			"The quantity of a product at a source has changed.",
			EventField.all(PRODUCT, QUANTITY, People.SOURCE_CONTACT), PERSONAS, """
					{ "product": { "sku": "AS-2207", "title": "Enamel Camping Mug", "source": "Alpine Supply",
					    "channel": "Northwind Web Shop", "oldQuantity": 14, "newQuantity": 0 },
					""" + CONTACT_SAMPLE);

	private ProductEvents() {
	}

}
