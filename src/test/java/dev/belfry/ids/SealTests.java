package dev.belfry.ids;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

class SealTests {

	private static final AccountId ACCOUNT = new AccountId(7);

	private static final AccountId OTHER = new AccountId(8);

	private final Ids ids = new Ids(new Seal(new byte[32]));

	@Test
	void readsBackWhatItSealed() {
		LongStream.of(0, 1, 127, 128, 1L << 40, Long.MAX_VALUE).forEach((number) -> {
			String id = this.ids.encode(Ids.Kind.USER, ACCOUNT, number);

			assertThat(this.ids.decode(Ids.Kind.USER, ACCOUNT, id)).isEqualTo(number);
		});
	}

	@Test
	void readsNothingOfAnotherAccountKindOrInstallation() {
		String id = this.ids.encode(Ids.Kind.USER, ACCOUNT, 1);
		byte[] otherKey = new byte[32];
		otherKey[0] = 1;

		assertThat(this.ids.decode(Ids.Kind.USER, OTHER, id)).isNull();
		assertThat(this.ids.decode(Ids.Kind.BELL, ACCOUNT, id)).isNull();
		assertThat(new Ids(new Seal(otherKey)).decode(Ids.Kind.USER, ACCOUNT, id)).isNull();
	}

	@Test
	void readsNothingThatIsChangedInAnyCharacter() {
		String id = this.ids.encode(Ids.Kind.USER, ACCOUNT, 12345);

		for (int i = 0; i < id.length(); i++) {
			char changed = (id.charAt(i) == 'A') ? 'B' : 'A';
			assertThat(this.ids.decode(Ids.Kind.USER, ACCOUNT, id.substring(0, i) + changed + id.substring(i + 1)))
				.isNull();
		}
	}

	@Test
	void readsNothingThatIsGarbled() {
		String id = this.ids.encode(Ids.Kind.USER, ACCOUNT, 1);

		for (String garbled : new String[] { "", " ", "=", id + "=", id + "A", " " + id, "ü", "A".repeat(1000) }) {
			assertThat(this.ids.decode(Ids.Kind.USER, ACCOUNT, garbled)).isNull();
		}
	}

	@Test
	void revealsWhatItHid() {
		byte[] content = "7 ann@shop.example".getBytes(StandardCharsets.UTF_8);
		Seal seal = new Seal(new byte[32]);
		String hidden = seal.hide('N', content);

		assertThat(seal.reveal('N', hidden)).isEqualTo(content);
		assertThat(seal.hide('N', content)).isEqualTo(hidden);
		assertThat(new String(Base64.getUrlDecoder().decode(hidden), StandardCharsets.ISO_8859_1))
			.doesNotContain("ann");
		assertThat(seal.hide('N', "8 ann@shop.example".getBytes(StandardCharsets.UTF_8)).substring(0, 16))
			.isNotEqualTo(hidden.substring(0, 16));
	}

	@Test
	void revealsNothingThatIsGarbledOrHiddenElsewhere() {
		Seal seal = new Seal(new byte[32]);
		String hidden = seal.hide('N', new byte[] { 1, 2, 3 });
		byte[] otherKey = new byte[32];
		otherKey[0] = 1;

		assertThat(seal.reveal('M', hidden)).isNull();
		assertThat(new Seal(otherKey).reveal('N', hidden)).isNull();
		for (int i = 0; i < hidden.length(); i++) {
			char changed = (hidden.charAt(i) == 'A') ? 'B' : 'A';
			assertThat(seal.reveal('N', hidden.substring(0, i) + changed + hidden.substring(i + 1))).isNull();
		}
		for (String garbled : new String[] { "", " ", "=", hidden + "=", hidden + "A", "ü", "A".repeat(2000) }) {
			assertThat(seal.reveal('N', garbled)).isNull();
		}
	}

}
