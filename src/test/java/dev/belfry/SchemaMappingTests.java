package dev.belfry;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.graphql.execution.SchemaReport;

import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.SchemaFiles;

import static org.assertj.core.api.Assertions.assertThat;

/** Every field and argument of the schema has Java behind it, and the other way round. */
@BelfryTest
class SchemaMappingTests {

	@Autowired
	private List<RuntimeWiringConfigurer> wiring;

	@Test
	void leavesNothingUnmapped() {
		SchemaReport report = inspect();

		assertThat(report.unmappedFields()).isEmpty();
		assertThat(report.unmappedRegistrations()).isEmpty();
		assertThat(report.unmappedArguments()).isEmpty();
		assertThat(report.skippedTypes()).isEmpty();
	}

	private SchemaReport inspect() {
		AtomicReference<SchemaReport> report = new AtomicReference<>();
		GraphQlSource.SchemaResourceBuilder builder = GraphQlSource.schemaResourceBuilder()
			.schemaResources(SchemaFiles.paths().stream().map(FileSystemResource::new).toArray(Resource[]::new))
			.inspectSchemaMappings((types) -> types.classNameFunction((type) -> type.getName() + "View"), report::set);
		this.wiring.forEach(builder::configureRuntimeWiring);
		builder.build();
		return report.get();
	}

}
