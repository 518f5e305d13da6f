package dev.belfry.web.http;

import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.work.TenantWork;
import dev.belfry.work.TestWork;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the body of a request is taken apart. */
class LargeBodiesTests {

	private static final ResolvableType TYPE = ResolvableType.forClass(WhereRead.class);

	private final TenantWork work = TestWork.start();

	private final ServerCodecConfigurer codecs = ServerCodecConfigurer.create();

	LargeBodiesTests() {
		new LargeBodies().largeBodiesApart(new JsonMapper(), this.work).customize(this.codecs);
	}

	@AfterEach
	void close() {
		this.work.close();
	}

	@Test
	void takesALargeOneApartOnAThreadForWhatAccountsChoose() {
		assertThat(read("x".repeat(100_000)).thread()).startsWith("tenant-work-");
	}

	@Test
	void takesASmallOneApartWhereItCame() {
		assertThat(read("x").thread()).isEqualTo(Thread.currentThread().getName());
	}

	private WhereRead read(String text) {
		MockServerHttpRequest request = MockServerHttpRequest.post("/graphql")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"text\":\"" + text + "\"}");
		HttpMessageReader<?> reader = this.codecs.getReaders()
			.stream()
			.filter((each) -> each.canRead(TYPE, MediaType.APPLICATION_JSON))
			.findFirst()
			.orElseThrow();
		return (WhereRead) reader.readMono(TYPE, request, Map.of()).block(Duration.ofSeconds(20));
	}

	/** The name of the thread that has read it. */
	record WhereRead(String thread) {

		@JsonCreator
		static WhereRead of(Map<String, String> body) {
			return new WhereRead(Thread.currentThread().getName());
		}

	}

}
