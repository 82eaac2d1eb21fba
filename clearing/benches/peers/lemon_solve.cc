// The greatest set-off by LEMON's network simplex: lemon_solve FILE, with a debt `from to amount day` on each line.
//
// Prints the total and how many seconds of the processor the solution took, without reading.

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

int main(int, char **arguments) {
    using Graph = lemon::SmartDigraph;
    struct Debt {
        long long from, to, amount, day;
    };
    std::vector<Debt> debts;
    long long members = 0;
    std::FILE *file = std::fopen(arguments[1], "r");
    if (file == nullptr) return 1;
    for (Debt debt; std::fscanf(file, "%lld %lld %lld %lld", &debt.from, &debt.to, &debt.amount, &debt.day) == 4;) {
        debts.push_back(debt);
        members = std::max({members, debt.from + 1, debt.to + 1});
    }
    Graph graph;
    for (long long member = 0; member < members; member++) graph.addNode();
    Graph::ArcMap<long long> amount(graph), cost(graph);
    for (const Debt &debt : debts) {
        const auto arc = graph.addArc(graph.nodeFromId(debt.from), graph.nodeFromId(debt.to));
        amount[arc] = debt.amount;
        cost[arc] = -1;
    }
    lemon::NetworkSimplex<Graph, long long, long long> solver(graph);
    solver.upperMap(amount).costMap(cost);
    const std::clock_t begin = std::clock();
    const auto status = solver.run();
    const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    if (status != solver.OPTIMAL) return 1;
    std::printf("%lld %.6f\n", -static_cast<long long>(solver.totalCost()), took);
}
