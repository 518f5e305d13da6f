package dev.belfry.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import com.netflix.graphql.dgs.client.codegen.BaseProjectionNode;
import com.netflix.graphql.dgs.client.codegen.GraphQLQuery;
import com.netflix.graphql.dgs.client.codegen.GraphQLQueryRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends what the generated client builds, and reads the answers into its types. */
public final class TypedClient {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI endpoint;

	private final String token;

	/**
	 * Asks as one who has a token.
	 * @param url where Belfry is, for example {@code http://localhost:8080}
	 */
	public TypedClient(String url, String token) {
		this.endpoint = URI.create(url + "/graphql");
		this.token = token;
	}

	/**
	 * Answers what a query or mutation answers.
	 * @param selection the fields to ask for
	 * @throws IOException if there is no answer, or one that has errors
	 */
	public <T> T ask(GraphQLQuery query, BaseProjectionNode selection, Class<T> type)
			throws IOException, InterruptedException {
		String document = new GraphQLQueryRequest(query, selection).serialize();
		HttpRequest request = HttpRequest.newBuilder(this.endpoint)
			.header("Authorization", "Bearer " + this.token)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("query", document))))
			.build();
		HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new IOException(response.statusCode() + " " + response.body());
		}
		JsonNode answer = JSON.readTree(response.body());
		if (answer.has("errors")) {
			throw new IOException(answer.get("errors").toString());
		}
		return JSON.treeToValue(answer.get("data").get(query.getOperationName()), type);
	}

}
