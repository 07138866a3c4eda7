/** The code of a page: a classic script without `</script>` in it, and its style sheet. */
export declare function bundlePage(name: string): Promise<{ readonly script: string; readonly style: string }>;
