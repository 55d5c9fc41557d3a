// Tests in network namespaces.
