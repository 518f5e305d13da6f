package dev.belfry.catalog.commerce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.belfry.catalog.types.CountKind;
import dev.belfry.catalog.types.Operation;

/**
 * The operations that Belfry knows. One that it does not know gets a readable name made
 * of its key.
 */
public final class Operations {

	private static final Map<String, Operation> KNOWN = new LinkedHashMap<>();

	static {
		know("GET_INVENTORY_PRIMARY", "Get Inventory Primary", "products", "imported", "updated", "new", "archived",
				"failed");
		know("GET_INVENTORY_SECONDARY", "Get Inventory Secondary", "products", "updated", "unchanged", "failed");
		know("SEND_FULFILLMENT_REQUESTS", "Send Fulfillment Requests", "fulfillment requests", "sent", "failed");
		know("GET_FULFILLMENT_REQUEST_ACKNOWLEDGEMENTS", "Get Fulfillment Request Acknowledgements",
				"fulfillment requests", "acknowledged", "rejected", "failed");
		know("GET_SHIPMENTS", "Get Shipments", "shipments", "imported", "matched", "unmatched", "failed");
		know("GET_SOURCE_INVOICES", "Get Source Invoices", "source invoices", "imported", "mismatched", "failed");
		know("GET_INVENTORY_IMAGES", "Get Inventory Images", "images", "imported", "updated", "failed");
		know("LINK_LISTINGS", "Link Listings", "listings", "linked", "unlinked", "failed");
		know("SYNC_LISTINGS", "Sync Listings", "listings", "updated", "unchanged", "failed");
		know("PUBLISH_LISTINGS", "Publish Listings", "listings", "published", "updated", "failed");
		know("GET_ORDERS", "Get Orders", "orders", "imported", "updated", "held", "failed");
		know("SYNC_ORDERS", "Sync Orders", "orders", "synced", "failed");
	}

	private Operations() {
	}

	public static Operation named(String key) {
		Operation known = KNOWN.get(key);
		return (known != null) ? known : new Operation(key, readable(key, true), "items", List.of());
	}

	/** The keys of those that are known, in the order in which people read them. */
	public static List<String> keys() {
		return List.copyOf(KNOWN.keySet());
	}

	/** The names of all that any known one counts. */
	static List<String> countNames() {
		return KNOWN.values()
			.stream()
			.flatMap((known) -> known.counts().stream())
			.map(CountKind::name)
			.distinct()
			.toList();
	}

	/** The label of a count, also of one that the operation does not list. */
	public static String label(Operation operation, String count) {
		return operation.counts()
			.stream()
			.filter((kind) -> kind.name().equals(count))
			.findFirst()
			.map(CountKind::label)
			.orElseGet(() -> readable(count, false));
	}

	/**
	 * The names of these counts as people read them: those that the operation lists
	 * first, the others by the alphabet.
	 */
	public static List<String> inOrder(Operation operation, Iterable<String> counts) {
		Map<String, Integer> places = new LinkedHashMap<>();
		operation.counts().forEach((kind) -> places.put(kind.name(), places.size()));
		return java.util.stream.StreamSupport.stream(counts.spliterator(), false)
			.sorted(java.util.Comparator.<String>comparingInt((name) -> places.getOrDefault(name, places.size()))
				.thenComparing(java.util.Comparator.naturalOrder()))
			.toList();
	}

	private static void know(String key, String name, String noun, String... counts) {
		List<CountKind> kinds = java.util.Arrays.stream(counts).map((count) -> kind(noun, count)).toList();
		KNOWN.put(key, new Operation(key, name, noun, kinds));
	}

	private static CountKind kind(String noun, String count) {
		String label = count.equals("new") ? "New " + noun
				: Character.toUpperCase(noun.charAt(0)) + noun.substring(1) + " " + count;
		return new CountKind(count, label, count);
	}

	private static String readable(String key, boolean title) {
		StringBuilder readable = new StringBuilder();
		for (String word : key.split("[_\\-.\\s]+")) {
			if (word.isEmpty()) {
				continue;
			}
			boolean capital = title || readable.isEmpty();
			String lower = word.equals(word.toUpperCase(Locale.ROOT)) ? word.toLowerCase(Locale.ROOT) : word;
			readable.append(readable.isEmpty() ? "" : " ");
			readable.append(capital ? lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1) : lower);
		}
		return readable.isEmpty() ? key : readable.toString();
	}

}
