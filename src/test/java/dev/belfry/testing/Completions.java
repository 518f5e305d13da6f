package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Completions as a platform sends them. */
public final class Completions {

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
	};

	private static final List<Map<String, Object>> SAMPLES = samplesOfNobody();

	private Completions() {
	}

	/** So many plain ones. */
	public static List<Map<String, Object>> of(int number) {
		return IntStream.range(0, number).mapToObj((i) -> one()).toList();
	}

	public static Map<String, Object> one() {
		return one("run-" + UUID.randomUUID(), "SUCCEEDED");
	}

	public static Map<String, Object> one(String runId, String outcome) {
		return Map.of("runId", runId, "operation", "GET_ORDERS", "integration",
				Map.of("externalId", "shop-1", "name", "Main shop", "origin",
						Map.of("kind", "CHANNEL", "externalId", "channel-1", "name", "Shop")),
				"outcome", outcome, "startedAt", "2026-03-01T09:00:00Z", "finishedAt", "2026-03-01T09:05:00Z", "counts",
				List.of(Map.of("name", "imported", "value", 3)));
	}

	/** The same without the account that each is for. */
	public static List<Map<String, Object>> samplesOfNobody() {
		List<Map<String, Object>> samples = samples();
		samples.forEach((sample) -> sample.remove("account"));
		return samples;
	}

	/** New runs of completions drawn from the sample file. */
	public static List<Map<String, Object>> likeTheSamples(int number, Random random) {
		List<Map<String, Object>> completions = new ArrayList<>(number);
		for (int i = 0; i < number; i++) {
			Map<String, Object> completion = new LinkedHashMap<>(SAMPLES.get(random.nextInt(SAMPLES.size())));
			completion.put("runId", UUID.randomUUID().toString());
			completions.add(completion);
		}
		return completions;
	}

	/** The lines of the sample file, with the account each is for as {@code account}. */
	public static List<Map<String, Object>> samples() {
		try {
			return Files.readAllLines(Path.of("client-samples/data/completions.jsonl"))
				.stream()
				.map((line) -> JSON.readValue(line, OBJECT))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
