package dev.belfry.catalog.commerce;

import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.belfry.catalog.types.Operation;

import static org.assertj.core.api.Assertions.assertThat;

class SummaryTests {

	private final Operation inventory = Operations.named("GET_INVENTORY_PRIMARY");

	@Test
	void countsInTheOrderOfTheOperation() {
		assertThat(Summary.ofCounts(this.inventory, Map.of("archived", 5L, "imported", 1204L, "new", 37L)))
			.isEqualTo("1,204 products imported, 37 new, 5 archived");
	}

	@Test
	void leavesOutWhatDidNotHappen() {
		assertThat(Summary.ofCounts(this.inventory, Map.of("imported", 1L, "failed", 0L)))
			.isEqualTo("1 product imported");
	}

	@Test
	void saysSoWhenNothingHappened() {
		assertThat(Summary.ofCounts(this.inventory, Map.of())).isEqualTo("No products to report");
	}

	@Test
	void mentionsErrorsThatNoCountTellsOf() {
		assertThat(Summary.withErrors(this.inventory, Map.of("imported", 3L), "x"))
			.isEqualTo("3 products imported, with errors");
	}

	@Test
	void saysHowFarAFailedJobCameAndWhy() {
		assertThat(Summary.failed(this.inventory, Map.of("imported", 2L), "The vendor's server did not answer."))
			.isEqualTo("Failed after 2 products imported: The vendor's server did not answer");
	}

	@Test
	void namesUnknownOperationsAndCountsReadably() {
		Operation unknown = Operations.named("REPRICE_ALL-items");

		assertThat(unknown.name()).isEqualTo("Reprice All Items");
		assertThat(Operations.label(unknown, "out_of_stock")).isEqualTo("Out of stock");
		assertThat(Summary.ofCounts(unknown, Map.of("out_of_stock", 3L))).isEqualTo("3 out of stock");
	}

}
