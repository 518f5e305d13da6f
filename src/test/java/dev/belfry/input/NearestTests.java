package dev.belfry.input;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NearestTests {

	private static final List<String> KNOWN = List.of("total", "subtotal", "shippingCost", "currency");

	@ParameterizedTest
	@CsvSource({ "totl,total", "Total,total", "sub_total,subtotal", "shippingCosts,shippingCost",
			"shipping_cost,shippingCost", "curency,currency" })
	void findsWhatSomebodyMeant(String wrong, String meant) {
		assertThat(Nearest.of(wrong, KNOWN)).isEqualTo(meant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "weight", "price" })
	void findsNothingForWhatIsLikeNothing(String wrong) {
		assertThat(Nearest.of(wrong, KNOWN)).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 101, 1_000_000 })
	void doesNotCompareWhatIsTooLongToBeAName(int length) {
		assertThat(Nearest.of("t".repeat(length), KNOWN)).isNull();
	}

}
